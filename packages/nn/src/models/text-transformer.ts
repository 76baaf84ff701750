import { compose } from "../compose.ts";
import { dropout, embedding, layerNorm, linear } from "../layers/index.ts";
import type { Network } from "../network.ts";
import { places } from "../places.ts";
import { isToken } from "../text/is-token.ts";
import { encoderBlock } from "./encoder-block.ts";

/** Sizes of a small Transformer over words. */
export interface TextTransformerOptions {
  readonly vocabulary: number;
  readonly classes: number;
  /** The longest text. */
  readonly maxTokens: number;
  /** A multiple of the heads. */
  readonly width?: number;
  readonly heads?: number;
  readonly blocks?: number;
  readonly dropoutRate?: number;
}

/**
 * Classes of texts by the mean of what each word means among the others: int64 `[batch, tokens] → [batch, classes]`, where word 0 is
 * padding at the end.
 *
 * @see Vaswani et al. 2017, https://arxiv.org/abs/1706.03762
 */
export const textTransformer = ({
  vocabulary,
  classes,
  maxTokens,
  width = 128,
  heads = 4,
  blocks = 2,
  dropoutRate = 0.1,
}: TextTransformerOptions): Network =>
  compose({
    name: "textTransformer",
    inputs: { x: { dtype: "int64", shape: ["tokens"] } },
    build({ g, inputs: { x: ids }, apply }) {
      const words = apply("words", embedding({ count: vocabulary, size: width, scale: 0.1 }), ids!);
      const place = apply("places", embedding({ count: maxTokens, size: width, scale: 0.1 }), places(g, ids!, 1));
      const start = apply("norm", layerNorm({}), g.add(words, place));
      let y = apply("wordDropout", dropout({ rate: dropoutRate }), start);
      const mask = g.op("Greater", [ids!, g.constant(0, "int64")]);
      for (let i = 0; i < blocks; i++)
        y = encoderBlock(g, apply, { name: `block${i}`, x: y, mask, heads, dropoutRate });
      const isReal = isToken(g, ids!);
      const sum = g.reduceSum(g.mul(y, g.op("Unsqueeze", [isReal, g.constant([2], "int64")])), [1]);
      const mean = g.div(sum, g.max(g.reduceSum(isReal, [1], true), 1));
      return apply("scores", linear({ outFeatures: classes }), apply("dropout", dropout({ rate: dropoutRate }), mean));
    },
  });
