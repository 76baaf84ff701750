import { compose } from "../compose.ts";
import type { Layer } from "../define-layer.ts";
import { residual, stack } from "../layer-of.ts";
import { batchNorm, conv2d, globalAveragePool, linear, maxPool2d, relu } from "../layers/index.ts";
import type { Network } from "../network.ts";

/** Sizes of a residual network. */
export interface ResNetOptions {
  readonly classes: number;
  readonly input?: readonly [channels: number, height: number, width: number];
  /** Blocks of each stage; maps double and the side is halved between stages. */
  readonly blocks: readonly number[];
  /** Maps of the first stage. */
  readonly width?: number;
  /** Whether a block narrows its maps to a quarter for the convolution that looks around. */
  readonly bottleneck?: boolean;
}

/**
 * Classes of images by convolutions with shortcuts around them: `[batch, channels, height, width] → [batch, classes]`.
 *
 * @see He et al. 2015, https://arxiv.org/abs/1512.03385; strides stand in the 3 × 3 convolution, as is usual since
 */
export const resNet = ({
  classes,
  input = [3, 224, 224],
  blocks,
  width = 64,
  bottleneck = false,
}: ResNetOptions): Network =>
  compose({
    name: "resNet",
    inputs: { x: { dtype: "float32", shape: input } },
    build({ inputs, apply }) {
      const stem = [...convolution({ channels: width, kernel: 7, stride: 2 }), relu({})];
      let x = apply("stem", stack([...stem, maxPool2d({ kernel: 3, stride: 2, padding: 1 })]), inputs.x!);
      for (const [stage, count] of blocks.entries()) {
        for (let i = 0; i < count; i++) {
          const stride = stage > 0 && i === 0 ? 2 : 1;
          const channels = width * 2 ** stage;
          const layers = bottleneck ? narrow(channels, stride) : plain(channels, stride);
          const wide = bottleneck ? 4 * channels : channels;
          const isSame = stride === 1 && x.shape[1] === wide;
          const shortcut = isSame ? [] : convolution({ channels: wide, kernel: 1, stride });
          x = apply(`stage${stage}.${i}`, stack([residual(layers, shortcut), relu({})]), x);
        }
      }
      return apply("head", linear({ outFeatures: classes }), apply("pool", globalAveragePool({}), x));
    },
  });

/** Sizes of the networks of the paper. */
type Preset = Omit<ResNetOptions, "blocks" | "bottleneck">;
/** 18 layers of plain blocks. */
export const resNet18 = (options: Preset): Network => resNet({ ...options, blocks: [2, 2, 2, 2] });
/** 34 layers of plain blocks. */
export const resNet34 = (options: Preset): Network => resNet({ ...options, blocks: [3, 4, 6, 3] });
/** 50 layers of narrowing blocks. */
export const resNet50 = (options: Preset): Network => resNet({ ...options, blocks: [3, 4, 6, 3], bottleneck: true });

const convolution = (of: { readonly channels: number; readonly kernel: number; readonly stride: number }): Layer[] => [
  conv2d({ ...of, padding: Math.floor(of.kernel / 2), bias: false }),
  batchNorm({}),
];

const plain = (channels: number, stride: number): readonly Layer[] => [
  ...convolution({ channels, kernel: 3, stride }),
  relu({}),
  ...convolution({ channels, kernel: 3, stride: 1 }),
];

const narrow = (channels: number, stride: number): readonly Layer[] => [
  ...convolution({ channels, kernel: 1, stride: 1 }),
  relu({}),
  ...convolution({ channels, kernel: 3, stride }),
  relu({}),
  ...convolution({ channels: 4 * channels, kernel: 1, stride: 1 }),
];
