import type { ImageShape } from "@athanor/data";
import { leNet, mobileNetV2, type Network, type PixelScale, resNet18, smallConvNet, smallResNet } from "@athanor/nn";

/** Sizes of a network, where they are chosen. */
interface Sizes {
  readonly widths: readonly number[];
  readonly blocks: readonly number[];
  readonly dropout: number;
}

/** What sees a picture: networks of float32 `[batch, channels, height, width]` by their names. */
export const pictureNetworks = {
  smallConvNet: (of, { widths, dropout }) =>
    smallConvNet({ ...of, dropoutRate: dropout, ...(widths.length > 0 ? { stages: widths } : {}) }),
  leNet: (of) => leNet(of),
  smallResNet: (of, { widths, blocks, dropout }) =>
    smallResNet({
      ...of,
      dropoutRate: dropout,
      ...(widths.length > 0 ? { widths } : {}),
      ...(blocks.length > 0 ? { blocks } : {}),
    }),
  resNet18: (of) => resNet18(of),
  mobileNetV2: (of, { dropout }) => mobileNetV2({ ...of, dropoutRate: dropout }),
} as const satisfies Record<string, (of: Task, sizes: Sizes) => Network>;

interface Task {
  readonly classes: number;
  readonly input: readonly [channels: number, height: number, width: number];
}

/** Makes one of them. */
export const pictureNetwork = (
  name: keyof typeof pictureNetworks,
  classes: number,
  { channels, height, width }: ImageShape,
  sizes: Sizes,
): Network => pictureNetworks[name]({ classes, input: [channels, height, width] }, sizes);

/** What networks expect of pixels. */
export const pixelScales = {
  zeroToOne: { mean: [0], deviation: [255] },
  aroundZero: { mean: [127.5], deviation: [127.5] },
  imageNet: { mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] },
} as const satisfies Record<string, PixelScale>;
