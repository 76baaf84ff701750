import { defineOp } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";

export const matMulInteger = defineOp({
  name: "MatMulInteger",
  attributes: {},
  inputs: [2, 4],
  infer: ({ inputs: [a, b] }) => [{ dtype: "int32", shape: inferProduct("MatMulInteger", a!, b!).shape }],
});
