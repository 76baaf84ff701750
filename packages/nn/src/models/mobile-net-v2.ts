import { compose } from "../compose.ts";
import type { Layer } from "../define-layer.ts";
import { residual, stack } from "../layer-of.ts";
import { batchNorm, conv2d, depthwiseConv2d, dropout, globalAveragePool, linear, relu6 } from "../layers/index.ts";
import type { Network } from "../network.ts";

/** Sizes of a network for small machines. */
export interface MobileNetV2Options {
  readonly classes: number;
  readonly input?: readonly [channels: number, height: number, width: number];
  /** What the numbers of maps are multiplied by. */
  readonly width?: number;
  readonly dropoutRate?: number;
}

/** How much wider a block is inside, its maps, how often it stands, and the stride of the first. */
const stages = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/**
 * Classes of images by blocks that widen, look at each map by itself, and narrow: `[batch, channels, height, width] → [batch, classes]`.
 *
 * @see Sandler et al. 2018, https://arxiv.org/abs/1801.04381
 */
export const mobileNetV2 = ({
  classes,
  input = [3, 224, 224],
  width = 1,
  dropoutRate = 0.2,
}: MobileNetV2Options): Network =>
  compose({
    name: "mobileNetV2",
    inputs: { x: { dtype: "float32", shape: input } },
    build({ inputs, apply }) {
      const stem = [conv2d({ channels: eights(32 * width), stride: 2, padding: 1, bias: false }), ...normal];
      let x = apply("stem", stack(stem), inputs.x!);
      for (const [stage, [expansion, maps, count, first]] of stages.entries()) {
        for (let i = 0; i < count; i++) {
          const inside = expansion * Number(x.shape[1]);
          const of = { channels: eights(maps * width), stride: i === 0 ? first : 1 };
          const layers = inverted(expansion === 1 ? undefined : inside, of);
          const isSame = of.stride === 1 && x.shape[1] === of.channels;
          x = apply(`stage${stage}.${i}`, isSame ? residual(layers) : stack(layers), x);
        }
      }
      const last = conv2d({ channels: eights(1280 * Math.max(1, width)), kernel: 1, bias: false });
      x = apply("last", stack([last, ...normal]), x);
      const head = [globalAveragePool({}), dropout({ rate: dropoutRate }), linear({ outFeatures: classes })];
      return apply("head", stack(head), x);
    },
  });

const normal: readonly Layer[] = [batchNorm({}), relu6({})];

const inverted = (
  inside: number | undefined,
  { channels, stride }: { readonly channels: number; readonly stride: number },
): readonly Layer[] => [
  ...(inside === undefined ? [] : [conv2d({ channels: inside, kernel: 1, bias: false }), ...normal]),
  depthwiseConv2d({ stride, padding: 1, bias: false }),
  ...normal,
  conv2d({ channels, kernel: 1, bias: false }),
  batchNorm({}),
];

/** The nearest multiple of eight that is not below nine tenths of the number. */
function eights(count: number): number {
  const near = Math.max(8, Math.floor((count + 4) / 8) * 8);
  return near < 0.9 * count ? near + 8 : near;
}
