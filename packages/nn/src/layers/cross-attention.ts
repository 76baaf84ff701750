import { AthanorError, integer, required } from "@athanor/core";
import { attend, attentionParameters } from "../attention.ts";
import { defineLayer } from "../define-layer.ts";

/**
 * Each step takes a mixture of the extra `memory` `[batch, places, size]` in several heads: `[batch, steps, size]` keeps its shape.
 * The extra `mask`, bool `[batch, places]`, is true for the places that may be seen.
 *
 * @throws `nn/extras` without a memory
 * @see Vaswani et al. 2017, https://arxiv.org/abs/1706.03762
 */
export const crossAttention = defineLayer({
  name: "crossAttention",
  options: { heads: integer(required, "mixtures side by side, which divide the size", { min: 1 }) },
  parameters: ({ shape }) => attentionParameters(shape),
  build({ g, x, parameters, options, extras: { memory, mask } }) {
    if (memory === undefined)
      throw new AthanorError("nn/extras", "crossAttention: expected a memory to look at, got none", {
        fix: "Give it beside the input: apply(name, crossAttention({ heads }), x, { memory }).",
      });
    return attend(g, { x, memory, mask, parameters, ...options });
  },
});
