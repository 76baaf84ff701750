import { defineOp, int, string } from "../define-op.ts";
import { staticShape } from "../shapes.ts";

export const depthToSpace = defineOp({
  name: "DepthToSpace",
  attributes: { blocksize: int(1), mode: string<"DCR" | "CRD">("DCR") },
  inputs: [1, 1],
  infer({ inputs: [x], attributes: { blocksize: size } }) {
    if (x!.shape === undefined) return [x!];
    const [batch, channels, ...lengths] = x!.shape;
    const times = (length: typeof batch, factor: number) =>
      typeof length === "number" ? length * factor : `${factor}*${length}`;
    const depth = typeof channels === "number" ? channels / size ** 2 : `${channels}/${size ** 2}`;
    return [{ dtype: x!.dtype, shape: [batch!, depth, ...lengths.map((length) => times(length, size))] }];
  },
  // Each block goes back into channels.
  gradient({ g, inputs: [x], upstream: [dy], attributes: { blocksize: size, mode } }) {
    if (mode === "DCR") return [g.op("SpaceToDepth", [dy], { blocksize: size })];
    const [batch, channels, height, width] = staticShape("DepthToSpace", x!) as [number, number, number, number];
    const blocks = g.reshape(dy!, [batch, channels / size ** 2, height, size, width, size]);
    return [g.reshape(g.transpose(blocks, [0, 1, 3, 5, 2, 4]), x!.shape)];
  },
});
