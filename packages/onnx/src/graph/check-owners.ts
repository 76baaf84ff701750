import { AthanorError } from "@athanor/core";
import type { GraphBuilder, Value } from "./graph-builder.ts";

/** @throws `onnx/foreign-value` for a value that another builder made */
export function checkOwners(g: GraphBuilder, op: string, inputs: readonly (Value | undefined)[]): void {
  const foreign = inputs.find((input) => input !== undefined && !g.owns(input));
  if (foreign === undefined) return;
  throw new AthanorError("onnx/foreign-value", `${op}: expected values of this graph, got ${foreign.name} of another`, {
    fix: "Pass the value as an argument instead of by closure.",
    details: { op, name: foreign.name },
  });
}
