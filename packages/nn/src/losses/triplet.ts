import { type OptionInput, real, resolveOptions } from "@athanor/core";
import type { Value } from "@athanor/onnx";
import type { Loss } from "../loss.ts";
import type { Outputs } from "../outputs.ts";

const options = { margin: real(1, "how much farther the negative has to be", { min: 0 }) };

/** Added to each difference, so that the root has a slope where two points are one. */
const apart = 1e-6;

/**
 * Mean of max(0, |anchor − positive| − |anchor − negative| + margin), each `[batch, size]`. It needs no targets.
 *
 * @see Schroff, Kalenichenko and Philbin 2015, https://arxiv.org/abs/1503.03832
 */
export function triplet(
  input: OptionInput<typeof options> = {},
): Loss<{ readonly anchors: Value; readonly positives: Value; readonly negatives: Value }, Outputs> {
  const { margin } = resolveOptions("triplet", options, input);
  return {
    name: "triplet",
    build(g, { anchors, positives, negatives }) {
      const distance = (x: Value) => {
        const difference = g.add(g.sub(anchors, x), apart);
        return g.sqrt(g.reduceSum(g.mul(difference, difference), [1]));
      };
      return g.reduceMean(g.relu(g.add(g.sub(distance(positives), distance(negatives)), margin)));
    },
  };
}
