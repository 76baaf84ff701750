import { defineOp, float, int } from "../define-op.ts";
import { axisOf } from "../shapes.ts";

export const layerNormalization = defineOp({
  name: "LayerNormalization",
  attributes: { axis: int(-1), epsilon: float(1e-5), stash_type: int(1) },
  inputs: [2, 3],
  infer({ inputs: [x], attributes: { axis }, outputCount }) {
    const at = x!.shape && axisOf("LayerNormalization", axis, x!);
    const statistics = { dtype: x!.dtype, shape: x!.shape?.map((length, i) => (i < at! ? length : 1)) };
    return outputCount === 1 ? [x!] : [x!, statistics, statistics];
  },
  // With n = (x − μ)/σ and d = dy ⊙ scale: dx = (d − mean(d) − n ⊙ mean(d ⊙ n)) / σ, dscale = Σ dy ⊙ n
  gradient({ g, inputs: [x, scale], upstream: [dy], attributes: { axis, epsilon }, wants }) {
    const at = axisOf("LayerNormalization", axis, x!);
    const axes = x!.shape.map((_, i) => i).slice(at);
    const centred = g.sub(x!, g.reduceMean(x!, axes, true));
    const inverse = g.div(1, g.sqrt(g.add(g.reduceMean(g.mul(centred, centred), axes, true), epsilon)));
    const normal = g.mul(centred, inverse);
    const dx = () => {
      const d = g.mul(dy!, scale!);
      const along = g.mul(normal, g.reduceMean(g.mul(d, normal), axes, true));
      return g.mul(inverse, g.sub(g.sub(d, g.reduceMean(d, axes, true)), along));
    };
    return [wants(0) ? dx() : undefined, wants(1) ? g.mul(dy!, normal) : undefined, wants(2) ? dy : undefined];
  },
});
