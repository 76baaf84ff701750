import { defineOp, float, int } from "../define-op.ts";
import { axisOf } from "../shapes.ts";

/** Root mean square normalization under its name from before the standard had it. */
export const simplifiedLayerNormalization = defineOp({
  name: "SimplifiedLayerNormalization",
  attributes: { axis: int(-1), epsilon: float(1e-5), stash_type: int(1) },
  inputs: [2, 2],
  infer({ inputs: [x], attributes: { axis }, outputCount }) {
    const at = x!.shape && axisOf("SimplifiedLayerNormalization", axis, x!);
    const statistics = { dtype: x!.dtype, shape: x!.shape?.map((length, i) => (i < at! ? length : 1)) };
    return [x!, statistics].slice(0, outputCount);
  },
  decompose: ({ g, inputs: [x, scale], attributes: { axis, epsilon } }) => [
    g.op("RMSNormalization", [x, scale], { axis, epsilon }),
  ],
});
