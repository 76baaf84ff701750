import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Cell, Direction, Step, StepGradient } from "./recurrent-cell.ts";
import { sliceType } from "./walk-back.ts";

export interface Walk {
  readonly cell: Cell;
  readonly direction: Direction;
  readonly isReverse: boolean;
  /** Which sequences are not over at each step: `[steps, batch, 1]`, `undefined` when all go on. */
  readonly inTime: Value | undefined;
  readonly c0: Value | undefined;
  readonly dy: Value | undefined;
  readonly dh: Value;
  readonly dc: Value | undefined;
}

/** What flows back through all steps; gate gradients are `[steps, batch, gates × hidden]`, states those before the first step. */
export type Walked = StepGradient;

/**
 * Walks back through the steps of a direction by two scans: one computes the cell states again, one goes from the last step
 * to the first.
 */
export function walkSteps({ cell, direction, isReverse, inTime, c0, dy, dh, dc }: Walk): Walked {
  const { g } = direction;
  const { sequences, step, ahead } = cell.start(direction);
  const masks = inTime ? [inTime] : [];
  const scan = (
    states: readonly Value[],
    read: readonly Value[],
    way: number,
    build: (inner: GraphBuilder, values: readonly Value[]) => readonly Value[],
  ) => {
    const body = g.body([...states, ...read.map((value) => sliceType({ value, axis: 0 }))], build);
    const outputs = body.outputs.length;
    const directions = {
      scan_input_directions: read.map(() => way),
      scan_output_directions: Array<number>(outputs - states.length).fill(way),
    };
    return g.ops("Scan", [...states, ...read], { body, num_scan_inputs: read.length, ...directions }, { outputs });
  };
  const forth = isReverse ? 1 : 0;
  const moving = ahead?.forth ?? {
    sequences,
    next: (inner: GraphBuilder, seen: readonly Value[], c: Value) => step(inner, seen, c).c!,
  };
  const before =
    c0 &&
    scan([c0], [...moving.sequences, ...masks], forth, (inner, [c, ...seen]) => {
      const next = moving.next(inner, seen.slice(0, moving.sequences.length), c!);
      const isOn = inTime && seen.at(-1);
      return [isOn ? inner.where(isOn, next, c!) : next, c!];
    })[1];
  const walking =
    before && ahead
      ? ahead.back(before)
      : {
          sequences: [...sequences, ...(before ? [before] : [])],
          step: (inner: GraphBuilder, seen: readonly Value[]) =>
            step(inner, seen.slice(0, sequences.length), before && seen.at(-1)),
        };

  let kept: readonly ("input" | "recurrent" | "peepholes" | "reset")[] = [];
  const states = dc ? [dh, dc] : [dh];
  const read = [...walking.sequences, ...masks, ...(dy ? [dy] : [])];
  const results = scan(states, read, 1 - forth, (inner, values) => {
    const given = values.values();
    const next = () => given.next().value!;
    const [h, c] = [next(), dc && next()];
    const seen = walking.sequences.map(next);
    const isOn = inTime && next();
    const result = walking.step(inner, seen);
    const flow = stepBack(inner, result, { isOn, dh: h, dc: c, dy: dy && next() });
    const all = ["input", "recurrent", "peepholes", "reset"] as const;
    kept = all.filter((key) => flow[key] && !(key === "recurrent" && flow.recurrent === flow.input));
    return [flow.h, ...(dc ? [flow.c!] : []), ...kept.map((key) => flow[key]!)];
  });
  const stackOf = (key: (typeof kept)[number]) =>
    kept.includes(key) ? results[states.length + kept.indexOf(key)] : undefined;
  const [input, reset, peepholes] = [stackOf("input")!, stackOf("reset"), stackOf("peepholes")];
  return {
    input,
    recurrent: stackOf("recurrent") ?? input,
    ...(reset ? { reset } : {}),
    peepholes: peepholes && g.reduceSum(peepholes, [0]),
    h: results[0]!,
    c: dc && results[1],
  };
}

interface Arriving {
  readonly isOn: Value | undefined;
  readonly dh: Value;
  readonly dc: Value | undefined;
  readonly dy: Value | undefined;
}

/** Walks back through one step; what arrives at a sequence that is over passes it by. */
function stepBack(g: GraphBuilder, step: Step, { isOn, dh, dc, dy }: Arriving): StepGradient {
  const total = dy ? g.add(dh, dy) : dh;
  if (isOn === undefined) return step.back(total, dc);
  const within = (value: Value) => g.where(isOn, value, g.constant(0, value.dtype as "float32"));
  const flow = step.back(within(total), dc && within(dc));
  return { ...flow, h: g.where(isOn, flow.h, dh), c: dc && flow.c ? g.where(isOn, flow.c, dc) : flow.c };
}
