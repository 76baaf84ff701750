import { integersOf, tensorOfNumbers } from "../constant-tensor.ts";
import { defineOp, int } from "../define-op.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { shapeError } from "../shapes.ts";

export const affineGrid = defineOp({
  name: "AffineGrid",
  attributes: { align_corners: int(0) },
  inputs: [2, 2],
  infer({ inputs: [theta], constant }) {
    const size = constant(1);
    if (size === undefined) return [{ dtype: theta!.dtype, shape: undefined }];
    const [batch, , ...lengths] = integersOf(size);
    return [{ dtype: theta!.dtype, shape: [batch!, ...lengths, lengths.length] }];
  },
  // Every place of the grid, with a one behind it, times the transposed map.
  decompose({ g, inputs: [theta], outputs: [grid], attributes: { align_corners }, constant }) {
    const size = constant(1);
    if (size === undefined) throw shapeError("AffineGrid", "a constant size", theta);
    const lengths = integersOf(size).slice(2);
    const places = lengths.map((length) =>
      Array.from({ length }, (_, i) => {
        if (align_corners === 1) return length === 1 ? 0 : (2 * i) / (length - 1) - 1;
        return (2 * i + 1) / length - 1;
      }),
    );
    // The last axis of an image is x, the first coordinate.
    const points = places.reduce<readonly (readonly number[])[]>(
      (known, along) => known.flatMap((point) => along.map((at) => [at, ...point])),
      [[1]],
    );
    const base = g.constant(tensorOfNumbers(theta!.dtype, points.flat(), [points.length, lengths.length + 1]));
    return [g.reshape(matrixProduct(g, base, theta!, { transB: true }), grid!.shape)];
  },
});
