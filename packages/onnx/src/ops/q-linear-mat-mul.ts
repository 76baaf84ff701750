import { defineOp } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";

export const qLinearMatMul = defineOp({
  name: "QLinearMatMul",
  attributes: {},
  inputs: [8, 8],
  infer: ({ inputs: [a, , , b, , , , zeroPoint] }) => [
    { dtype: zeroPoint!.dtype, shape: inferProduct("QLinearMatMul", a!, b!).shape },
  ],
});
