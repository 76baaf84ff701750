import type { GraphBuilder, Value } from "@athanor/onnx";
import { compose } from "../compose.ts";
import { conv1d, dropout, embedding, globalMaxPool, linear, relu } from "../layers/index.ts";
import type { Network } from "../network.ts";
import { isToken } from "../text/is-token.ts";

/** Sizes of a convolutional network over words. */
export interface TextCnnOptions {
  readonly vocabulary: number;
  /** Length of a text, or the name of an axis whose length each batch gives. */
  readonly tokens: number | string;
  readonly classes: number;
  readonly width?: number;
  /** How many words each kind of window sees. */
  readonly kernels?: readonly number[];
  /** Windows of each kind. */
  readonly channels?: number;
  readonly dropoutRate?: number;
  /** Share of what is known of a word that training hides. */
  readonly wordDropoutRate?: number;
}

/**
 * Classes of texts by the strongest answer of each window over words: int64 `[batch, tokens] → [batch, classes]`, where word 0 is
 * padding at the end. Windows end at each word, those at the start of a text before it has so many.
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
  wordDropoutRate = 0,
}: TextCnnOptions): Network =>
  compose({
    name: "textCnn",
    inputs: { x: { dtype: "int64", shape: [tokens] } },
    build({ g, inputs, apply }) {
      const words = apply("words", embedding({ count: vocabulary, size: width }), inputs.x!);
      const kept = apply("wordDropout", dropout({ rate: wordDropoutRate }), words);
      const isReal = g.op("Unsqueeze", [isToken(g, inputs.x!), g.constant([1], "int64")]);
      const maps = g.mul(g.transpose(kept, [0, 2, 1]), isReal);
      const strongest = kernels.map((kernel) => {
        const answers = apply(`window${kernel}`, conv1d({ channels, kernel }), behind(g, maps, kernel - 1));
        return apply(`strongest${kernel}`, globalMaxPool({}), g.mul(apply(`relu${kernel}`, relu({}), answers), isReal));
      });
      const features = apply("dropout", dropout({ rate: dropoutRate }), g.concat(strongest, 1));
      return apply("scores", linear({ outFeatures: classes }), features);
    },
  });

/** Puts empty steps before the first: `[batch, width, steps] → [batch, width, count + steps]`. */
const behind = (g: GraphBuilder, maps: Value, count: number): Value =>
  count === 0 ? maps : g.op("Pad", [maps, g.constant([0, 0, count, 0, 0, 0], "int64")]);
