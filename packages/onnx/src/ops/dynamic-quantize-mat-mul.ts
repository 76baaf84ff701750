import { defineOp } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";

export const dynamicQuantizeMatMul = defineOp({
  name: "DynamicQuantizeMatMul",
  domain: "com.microsoft",
  attributes: {},
  inputs: [3, 5],
  infer: ({ inputs: [a, b] }) => [inferProduct("DynamicQuantizeMatMul", a!, b!)],
});
