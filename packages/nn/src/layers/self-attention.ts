import { flag, integer, real, required } from "@athanor/core";
import { attend, attentionParameters } from "../attention.ts";
import { defineLayer } from "../define-layer.ts";

/**
 * Each step takes a mixture of all steps, or of those up to itself, in several heads: `[batch, steps, size]` keeps its shape.
 * The extra `mask`, bool `[batch, steps]`, is true for the steps that may be seen.
 *
 * @see Vaswani et al. 2017, https://arxiv.org/abs/1706.03762
 */
export const selfAttention = defineLayer({
  name: "selfAttention",
  options: {
    heads: integer(required, "mixtures side by side, which divide the size", { min: 1 }),
    causal: flag(false, "hide later steps"),
    rotaryBase: real(null, "base of the angles that queries and keys are turned by, such as 10000; none when null", {
      min: 1,
    }),
  },
  parameters: ({ shape }) => attentionParameters(shape),
  build: ({ g, x, parameters, options, extras: { mask } }) => attend(g, { x, mask, parameters, ...options }),
});
