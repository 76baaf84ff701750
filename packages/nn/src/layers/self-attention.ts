import { flag, integer, required } from "@athanor/core";
import type { Value } from "@athanor/onnx";
import { defineLayer, lengthOf } from "../define-layer.ts";

/**
 * Each step takes a mixture of all steps, or of those up to itself, in several heads: `[batch, steps, size]` keeps its shape.
 *
 * @see Vaswani et al. 2017, https://arxiv.org/abs/1706.03762
 */
export const selfAttention = defineLayer({
  name: "selfAttention",
  options: {
    heads: integer(required, "mixtures side by side, which divide the size", { min: 1 }),
    causal: flag(false, "hide later steps"),
  },
  parameters: ({ shape }) => {
    const size = lengthOf(shape, -1);
    const weight = { shape: [size, size], init: "xavier-uniform" as const };
    const bias = { shape: [size], init: "zeros" as const };
    // Keys have no constant: it would move all scores of a query alike.
    return {
      queryWeight: weight,
      queryBias: bias,
      keyWeight: weight,
      valueWeight: weight,
      valueBias: bias,
      outputWeight: weight,
      outputBias: bias,
    };
  },
  build({ g, x, parameters: p, options: { heads, causal } }) {
    const linear = (value: Value, weight: Value, bias: Value) => g.add(g.matMul(value, weight), bias);
    const mixed = g.op(
      "Attention",
      [linear(x, p.queryWeight, p.queryBias), g.matMul(x, p.keyWeight), linear(x, p.valueWeight, p.valueBias)],
      { q_num_heads: heads, kv_num_heads: heads, is_causal: Number(causal) },
    );
    return linear(mixed, p.outputWeight, p.outputBias);
  },
});
