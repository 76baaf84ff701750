import { defineOp, float, int } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import { axesFrom, normalize } from "../rules/normalize.ts";
import { axisOf } from "../shapes.ts";

export const layerNormalization = defineOp({
  name: "LayerNormalization",
  attributes: { axis: int(-1), epsilon: float(1e-5), stash_type: int(1) },
  inputs: [2, 3],
  infer({ inputs: [x], attributes: { axis, stash_type }, outputCount }) {
    const at = x!.shape && axisOf("LayerNormalization", axis, x!);
    const statistics = { dtype: elementType(stash_type), shape: x!.shape?.map((length, i) => (i < at! ? length : 1)) };
    return [x!, statistics, statistics].slice(0, outputCount);
  },
  // With n = (x − μ)/σ: dn = dy ⊙ scale, dscale = Σ dy ⊙ n, and as outputs dμ/N and −n σ⁻² d(1/σ)/N flow back too
  gradient({ g, inputs: [x, scale], upstream: [dy, dMean, dInverse], attributes: { axis, epsilon }, wants }) {
    const axes = axesFrom(x!, axisOf("LayerNormalization", axis, x!));
    const { normal, inverse, back } = normalize(g, x!, axes, epsilon);
    const count = axes.reduce((product, at) => product * Number(x!.shape[at]), 1);
    const dx = () => {
      const terms = [
        ...(dy ? [back(g.mul(dy, scale!))] : []),
        ...(dMean ? [g.mul(g.cast(dMean, x!.dtype), 1 / count)] : []),
        ...(dInverse
          ? [g.mul(g.mul(normal, g.mul(inverse, inverse)), g.mul(g.cast(dInverse, x!.dtype), -1 / count))]
          : []),
      ];
      return terms.reduce((sum, term) => g.add(sum, term));
    };
    return [wants(0) ? dx() : undefined, wants(1) && dy ? g.mul(dy, normal) : undefined, wants(2) ? dy : undefined];
  },
});
