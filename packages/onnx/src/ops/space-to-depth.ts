import { defineOp, int, string } from "../define-op.ts";

export const spaceToDepth = defineOp({
  name: "SpaceToDepth",
  attributes: { blocksize: int(1), mode: string<"DCR" | "CRD">("DCR") },
  inputs: [1, 1],
  infer({ inputs: [x], attributes: { blocksize: size } }) {
    if (x!.shape === undefined) return [x!];
    const [batch, channels, ...lengths] = x!.shape;
    const depth = typeof channels === "number" ? channels * size ** 2 : `${size ** 2}*${channels}`;
    const space = lengths.map((length) => (typeof length === "number" ? length / size : `${length}/${size}`));
    return [{ dtype: x!.dtype, shape: [batch!, depth, ...space] }];
  },
  // The channels go back into their blocks.
  gradient: ({ g, upstream: [dy], attributes }) => [g.op("DepthToSpace", [dy], attributes)],
});
