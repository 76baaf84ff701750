import { defineOp, float, int } from "../define-op.ts";
import { axesFrom } from "../rules/normalize.ts";
import { axisOf } from "../shapes.ts";

export const rmsNormalization = defineOp({
  name: "RMSNormalization",
  since: 23,
  attributes: { axis: int(-1), epsilon: float(1e-5), stash_type: int(1) },
  inputs: [2, 2],
  infer: ({ inputs: [x] }) => [x!],
  // With n = x/r and r the root mean square: dx = (dn − n ⊙ mean(dn ⊙ n)) / r, dscale = Σ dy ⊙ n
  gradient({ g, inputs: [x, scale], upstream: [dy], attributes: { axis, epsilon }, wants }) {
    const axes = axesFrom(x!, axisOf("RMSNormalization", axis, x!));
    const inverse = g.div(1, g.sqrt(g.add(g.reduceMean(g.mul(x!, x!), axes, true), epsilon)));
    const normal = g.mul(x!, inverse);
    const dx = () => {
      const dn = g.mul(dy!, scale!);
      return g.mul(inverse, g.sub(dn, g.mul(normal, g.reduceMean(g.mul(dn, normal), axes, true))));
    };
    return [wants(0) ? dx() : undefined, wants(1) ? g.mul(dy!, normal) : undefined];
  },
});
