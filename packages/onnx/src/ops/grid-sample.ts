import { defineOp, int, string } from "../define-op.ts";
import { readTaps } from "../rules/read-taps.ts";
import { type Sampling, sampleTaps } from "../rules/sample-taps.ts";
import { staticShape } from "../shapes.ts";

export const gridSample = defineOp({
  name: "GridSample",
  attributes: {
    align_corners: int(0),
    mode: string<"linear" | "nearest" | "cubic">("linear"),
    padding_mode: string<"zeros" | "border" | "reflection">("zeros"),
  },
  inputs: [2, 2],
  infer: ({ inputs: [x, grid] }) => [
    { dtype: x!.dtype, shape: x!.shape && grid!.shape && [x!.shape[0]!, x!.shape[1]!, ...grid!.shape.slice(1, -1)] },
  ],
  decompose({ g, inputs: [x, grid], outputs: [y], attributes: { align_corners, mode, padding_mode } }) {
    const [batch, , ...lengths] = staticShape("GridSample", x!) as [number, number, ...number[]];
    const points = staticShape("GridSample", grid!)
      .slice(1, -1)
      .reduce((product, length) => product * length, 1);
    const sampling = { mode, padding: padding_mode, alignCorners: align_corners === 1 } as Sampling;
    const taps = lengths.map((length, axis) => {
      // The first coordinate belongs to the last axis.
      const coordinate = g.gather(grid!, g.constant(lengths.length - 1 - axis, "int64"), -1);
      return sampleTaps(g, g.reshape(coordinate, [batch, points]), length, sampling);
    });
    return [g.reshape(readTaps(g, { x: x!, taps, points }), y!.shape)];
  },
});
