import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const stringConcat = defineOp({
  name: "StringConcat",
  attributes: {},
  inputs: [2, 2],
  infer: ({ inputs: [a, b] }) => [{ dtype: "string", shape: broadcastShapes("StringConcat", a!, b!) }],
});
