import { defineOp } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";
import { realOf } from "../rules/real-of.ts";

export const dynamicQuantizeMatMul = defineOp({
  name: "DynamicQuantizeMatMul",
  domain: "com.microsoft",
  attributes: {},
  inputs: [3, 5],
  infer: ({ inputs: [a, b] }) => [inferProduct("DynamicQuantizeMatMul", a!, b!)],
  decompose({ g, inputs: [a, b, scale, zero, bias] }) {
    const [whole, step, middle] = g.ops("DynamicQuantizeLinear", [a], {}, { outputs: 3 });
    const product = g.matMul(realOf(g, whole!, step!, middle), realOf(g, b!, scale!, zero, -1));
    return [bias ? g.add(product, bias) : product];
  },
});
