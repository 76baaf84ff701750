import { compose } from "../compose.ts";
import { stack } from "../layer-of.ts";
import { conv1d, dropout, embedding, globalMaxPool, linear, relu } from "../layers/index.ts";
import type { Network } from "../network.ts";

/** Sizes of a convolutional network over words. */
export interface TextCnnOptions {
  readonly vocabulary: number;
  /** Length of a text. */
  readonly tokens: number;
  readonly classes: number;
  readonly width?: number;
  /** How many words each kind of window sees. */
  readonly kernels?: readonly number[];
  /** Windows of each kind. */
  readonly channels?: number;
  readonly dropoutRate?: number;
}

/**
 * Classes of texts by the strongest answer of each window over words: int64 `[batch, tokens] → [batch, classes]`.
 *
 * @see Kim 2014, https://arxiv.org/abs/1408.5882
 */
export const textCnn = ({
  vocabulary,
  tokens,
  classes,
  width = 128,
  kernels = [3, 4, 5],
  channels = 100,
  dropoutRate = 0.5,
}: TextCnnOptions): Network =>
  compose({
    name: "textCnn",
    inputs: { x: { dtype: "int64", shape: [tokens] } },
    build({ g, inputs, apply }) {
      const words = apply("words", embedding({ count: vocabulary, size: width }), inputs.x!);
      const maps = g.transpose(words, [0, 2, 1]);
      const strongest = kernels.map((kernel) =>
        apply(`window${kernel}`, stack([conv1d({ channels, kernel }), relu({}), globalMaxPool({})]), maps),
      );
      const head = stack([dropout({ rate: dropoutRate }), linear({ outFeatures: classes })]);
      return apply("head", head, g.concat(strongest, 1));
    },
  });
