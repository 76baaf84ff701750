import { compose } from "../compose.ts";
import type { Layer } from "../define-layer.ts";
import { residual, stack } from "../layer-of.ts";
import { batchNorm, conv2d, dropout, globalAveragePool, linear, relu } from "../layers/index.ts";
import type { Network } from "../network.ts";

/** Sizes of a residual network for small pictures. */
export interface SmallResNetOptions {
  readonly classes: number;
  readonly input?: readonly [channels: number, height: number, width: number];
  /** Maps of each stage; the side is halved between them. */
  readonly widths?: readonly number[];
  /** Blocks of each stage. */
  readonly blocks?: readonly number[];
  readonly dropoutRate?: number;
}

/**
 * Classes of small pictures by convolutions with shortcuts around them, normalised before each:
 * `[batch, channels, height, width] → [batch, classes]`.
 *
 * @see He et al. 2016, https://arxiv.org/abs/1603.05027
 */
export const smallResNet = ({
  classes,
  input = [3, 32, 32],
  widths = [32, 64, 128],
  blocks = [1, 1, 1],
  dropoutRate = 0,
}: SmallResNetOptions): Network =>
  compose({
    name: "smallResNet",
    inputs: { x: { dtype: "float32", shape: input } },
    build({ inputs, apply }) {
      let x = apply("stem", conv2d({ channels: widths[0]!, padding: 1, bias: false }), inputs.x!);
      for (const [stage, channels] of widths.entries()) {
        for (let i = 0; i < (blocks[stage] ?? 1); i++) {
          const stride = stage > 0 && i === 0 ? 2 : 1;
          const isSame = stride === 1 && x.shape[1] === channels;
          const shortcut = isSame ? [] : [conv2d({ channels, kernel: 1, stride, bias: false })];
          const inner = (step: number) => conv2d({ channels, stride: step, padding: 1, bias: false });
          const layers = [...normal, inner(stride), ...normal, inner(1)];
          x = apply(`stage${stage}.${i}`, residual(layers, shortcut), x);
        }
      }
      const head = [...normal, globalAveragePool({}), ...(dropoutRate > 0 ? [dropout({ rate: dropoutRate })] : [])];
      return apply("head", stack([...head, linear({ outFeatures: classes })]), x);
    },
  });

const normal: readonly Layer[] = [batchNorm({}), relu({})];
