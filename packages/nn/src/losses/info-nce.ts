import { type OptionInput, real, resolveOptions } from "@athanor/core";
import type { Value } from "@athanor/onnx";
import { logSumExp } from "../log-space.ts";
import type { Loss } from "../loss.ts";
import type { Outputs } from "../outputs.ts";

const options = { temperature: real(0.07, "divides the cosines", { min: 1e-6 }) };

/**
 * Mean of −log softmax over the batch of the cosine of each anchor with its own positive, all other positives being its
 * negatives; both `[batch, size]`. It needs no targets.
 *
 * @see van den Oord, Li and Vinyals 2018, https://arxiv.org/abs/1807.03748
 */
export function infoNce(
  input: OptionInput<typeof options> = {},
): Loss<{ readonly anchors: Value; readonly positives: Value }, Outputs> {
  const { temperature } = resolveOptions("infoNce", options, input);
  return {
    name: "infoNce",
    build(g, { anchors, positives }) {
      const unit = (x: Value) => g.op("LpNormalization", [x], { axis: -1, p: 2 });
      const [a, p] = [g.mul(unit(anchors), 1 / temperature), unit(positives)];
      const own = g.reduceSum(g.mul(a, p), [1]);
      const all = logSumExp(g, g.matMul(a, g.transpose(p)), 1);
      return g.reduceMean(g.sub(all, own));
    },
  };
}
