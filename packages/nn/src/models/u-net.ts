import type { Value } from "@athanor/onnx";
import { type Composition, compose } from "../compose.ts";
import { batchNorm, conv2d, convTranspose2d, maxPool2d, relu } from "../layers/index.ts";
import type { Network } from "../network.ts";

/** Sizes of a network that labels pixels. */
export interface UNetOptions {
  readonly classes: number;
  /** Sides that halving as often as there are levels but one leaves whole. */
  readonly input: readonly [channels: number, height: number, width: number];
  /** Maps of each level; the side is halved between them. */
  readonly levels?: readonly number[];
}

/**
 * A class for each pixel: down through levels of convolutions, and up again beside what each level had seen:
 * `[batch, channels, height, width] → [batch, classes, height, width]`.
 *
 * @see Ronneberger, Fischer and Brox 2015, https://arxiv.org/abs/1505.04597; normalised as is usual since
 */
export const uNet = ({ classes, input, levels = [32, 64, 128] }: UNetOptions): Network =>
  compose({
    name: "uNet",
    inputs: { x: { dtype: "float32", shape: input } },
    build({ g, inputs, apply }) {
      const skips: Value[] = [];
      let x = inputs.x!;
      for (const [i, channels] of levels.entries()) {
        if (i > 0) x = apply(`down${i}.pool`, maxPool2d({}), x);
        x = block(apply, `down${i}`, channels, x);
        skips.push(x);
      }
      for (let i = levels.length - 2; i >= 0; i--) {
        const wide = apply(`up${i}.widen`, convTranspose2d({ channels: levels[i]! }), x);
        x = block(apply, `up${i}`, levels[i]!, g.concat([skips[i]!, wide], 1));
      }
      return apply("head", conv2d({ channels: classes, kernel: 1 }), x);
    },
  });

function block(apply: Composition["apply"], name: string, channels: number, x: Value): Value {
  return [0, 1].reduce((value, i) => {
    const convolved = apply(`${name}.conv${i}`, conv2d({ channels, padding: 1, bias: false }), value);
    return apply(`${name}.relu${i}`, relu({}), apply(`${name}.norm${i}`, batchNorm({}), convolved));
  }, x);
}
