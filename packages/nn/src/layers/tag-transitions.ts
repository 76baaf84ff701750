import { real } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";
import { places } from "../places.ts";

/**
 * Scores of going from each tag to each, a learned table added to each step's scores of its tags: `[batch, steps, tags] →
 * [batch, steps, tag before, tag]`. The loss `crf` and `viterbi` take the first step from tag 0.
 *
 * @see Lample et al. 2016, https://arxiv.org/abs/1603.01360
 */
export const tagTransitions = defineLayer({
  name: "tagTransitions",
  options: { scale: real(0.1, "standard deviation of the initial table", { min: 0 }) },
  parameters: ({ shape, options: { scale } }) => ({
    table: { shape: [lengthOf(shape, 2), lengthOf(shape, 2)], init: "normal" as const, scale },
    start: { shape: [lengthOf(shape, 2)], init: "normal" as const, scale },
  }),
  build({ g, x, parameters: { table, start } }) {
    const scores = g.op("Unsqueeze", [x, g.constant([2], "int64")]);
    const tags = lengthOf(x.shape, 2);
    // The first step comes from nowhere: it has a row of its own in place of the table.
    const first = g.equal(g.reshape(places(g, x, 1), [1, -1, 1, 1]), 0);
    return g.add(scores, g.where(first, g.reshape(start, [1, 1, 1, tags]), table));
  },
});
