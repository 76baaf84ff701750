import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { sliceType } from "./walk-back.ts";

/** A walk through all steps of a sequence. */
export interface StepScan {
  readonly states: readonly Value[];
  /** Read slice by slice along the first axis. */
  readonly read: readonly Value[];
  readonly isBackwards: boolean;
  /** The next states, then what is collected of this step. */
  step(inner: GraphBuilder, states: readonly Value[], read: readonly Value[]): readonly Value[];
}

/** Walks through the steps by a Scan; gives the last states, then what was collected, each step where it was read. */
export function scanSteps(g: GraphBuilder, { states, read, isBackwards, step }: StepScan): readonly Value[] {
  const count = states.length;
  const body = g.body([...states, ...read.map((value) => sliceType({ value, axis: 0 }))], (inner, values) =>
    step(inner, values.slice(0, count), values.slice(count)),
  );
  const outputs = body.outputs.length;
  const way = Number(isBackwards);
  const directions = {
    scan_input_directions: read.map(() => way),
    scan_output_directions: Array<number>(outputs - count).fill(way),
  };
  return g.ops("Scan", [...states, ...read], { body, num_scan_inputs: read.length, ...directions }, { outputs });
}
