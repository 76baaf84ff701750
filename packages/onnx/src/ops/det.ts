import { defineOp } from "../define-op.ts";
import { shapeError } from "../shapes.ts";

export const det = defineOp({
  name: "Det",
  attributes: {},
  inputs: [1, 1],
  infer({ inputs: [x] }) {
    const { dtype, shape } = x!;
    if (shape !== undefined && (shape.length < 2 || shape.at(-1) !== shape.at(-2)))
      throw shapeError("Det", "square matrices", x);
    return [{ dtype, shape: shape?.slice(0, -2) }];
  },
  // dX = dy · det(X) · X⁻ᵀ, for matrices that have an inverse
  gradient({ g, inputs: [x], outputs: [y], upstream: [dy] }) {
    const inverse = g.op("Inverse", [x], {}, { domain: "com.microsoft" });
    const axes = x!.shape.map((_, axis) => axis);
    const turned = g.transpose(inverse, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
    return [g.mul(g.op("Unsqueeze", [g.mul(dy!, y!), g.constant([-2, -1], "int64")]), turned)];
  },
});
