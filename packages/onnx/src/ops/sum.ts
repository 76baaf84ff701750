import { defineOp } from "../define-op.ts";
import type { Value } from "../graph/graph-builder.ts";
import { broadcastShapes } from "../shapes.ts";

export const sum = defineOp({
  name: "Sum",
  attributes: {},
  inputs: [1, 2 ** 31],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [{ dtype: inputs[0]!.dtype, shape: broadcastShapes("Sum", ...inputs.map((input) => input!)) }],
  onGpu: ({ g, inputs: [first, ...others] }) => [others.reduce<Value>((total, x) => g.add(total, x!), first!)],
  gradient: ({ inputs, upstream: [dy] }) => inputs.map(() => dy),
});
