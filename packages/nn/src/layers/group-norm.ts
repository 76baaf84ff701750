import { integer, real } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/**
 * Normalises groups of channels of each example: `[batch, channels, …]` keeps its shape.
 *
 * @see Wu and He 2018, https://arxiv.org/abs/1803.08494
 */
export const groupNorm = defineLayer({
  name: "groupNorm",
  options: {
    groups: integer(8, "parts that the channels are split into", { min: 1 }),
    epsilon: real(1e-5, "added to the variance", { min: 0 }),
  },
  parameters: ({ shape }) => ({
    scale: { shape: [lengthOf(shape, 1)], init: "ones" as const },
    bias: { shape: [lengthOf(shape, 1)], init: "zeros" as const },
  }),
  build: ({ g, x, parameters: { scale, bias }, options: { groups, epsilon } }) =>
    g.op("GroupNormalization", [x, scale, bias], { num_groups: groups, epsilon }),
});
