import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, winnersGradient } from "../rules/reduce.ts";

export const reduceMin = defineOp({
  name: "ReduceMin",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  gradient: winnersGradient,
});
