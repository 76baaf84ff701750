import { defineOp } from "../define-op.ts";
import { extremumGradient } from "../rules/extremum-gradient.ts";
import { broadcastShapes } from "../shapes.ts";

export const max = defineOp({
  name: "Max",
  attributes: {},
  inputs: [1, 2 ** 31],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [{ dtype: inputs[0]!.dtype, shape: broadcastShapes("Max", ...inputs.map((input) => input!)) }],
  gradient: extremumGradient,
});
