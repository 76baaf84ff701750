import { defineOp } from "../define-op.ts";
import { inferReduce, reduceAttributes, winnersGradient } from "../rules/reduce.ts";

export const reduceMax = defineOp({
  name: "ReduceMax",
  attributes: reduceAttributes,
  inputs: [1, 2],
  infer: inferReduce,
  gradient: winnersGradient,
});
