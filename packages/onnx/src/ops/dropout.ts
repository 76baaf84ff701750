import { defineOp, optional } from "../define-op.ts";
import { shapeError } from "../shapes.ts";

export const dropout = defineOp({
  name: "Dropout",
  attributes: { seed: optional.int },
  inputs: [1, 3],
  algebra: { isPure: false },
  infer: ({ inputs: [x], outputCount }) => (outputCount === 1 ? [x!] : [x!, { dtype: "bool", shape: x!.shape }]),
  // Identity in inference; in training dx = dy ⊙ mask / (1 − ratio), which needs the mask as an output.
  gradient({ g, inputs: [x, ratio, training], outputs: [, mask], upstream: [dy], constant }) {
    if (training === undefined || constant(2)?.data[0] === 0 || Number(constant(1)?.data[0] ?? 0.5) === 0) return [dy];
    if (mask === undefined) throw shapeError("Dropout", "a second output, the mask, for a gradient in training", x);
    const kept = ratio ? g.sub(1, g.cast(ratio, dy!.dtype)) : g.constant(0.5, dy!.dtype as "float32");
    const scaled = g.div(g.mul(dy!, g.cast(mask, dy!.dtype)), kept);
    return [constant(2) ? scaled : g.where(training, scaled, dy!)];
  },
});
