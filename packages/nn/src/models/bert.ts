import type { Value } from "@athanor/onnx";
import { type Composition, compose } from "../compose.ts";
import { stack } from "../layer-of.ts";
import { dropout, embedding, embeddingScores, gelu, layerNorm, learnedPositions, linear } from "../layers/index.ts";
import type { Network } from "../network.ts";
import { encoderBlock, isReal } from "./encoder-block.ts";

/** Sizes of an encoder of texts. */
export interface BertOptions {
  readonly vocabulary: number;
  /** Length of a text, padding included. */
  readonly tokens: number;
  readonly width: number;
  readonly heads: number;
  readonly blocks: number;
  readonly dropoutRate?: number;
}

const inputs = ({ tokens }: BertOptions): Network["inputs"] => ({
  words: { dtype: "int64", shape: [tokens] },
  lengths: { dtype: "int64", shape: [] },
});

/**
 * What each word of a text means among the others: inputs `words` int64 `[batch, tokens]` and `lengths` int64 `[batch]`, output
 * `[batch, tokens, width]`.
 *
 * @see Devlin et al. 2018, https://arxiv.org/abs/1810.04805
 */
export const bert = (options: BertOptions): Network =>
  compose({ name: "bert", inputs: inputs(options), build: (composition) => encode(composition, options) });

/**
 * The same encoder, which learns by guessing hidden words, as `maskWords` hides them: scores `[batch, tokens, vocabulary]` from
 * the table that words are read from. Its weights fit `bert`.
 *
 * @see Devlin et al. 2018, https://arxiv.org/abs/1810.04805
 */
export const bertMasked = (options: BertOptions): Network =>
  compose({
    name: "bertMasked",
    inputs: inputs(options),
    build(composition) {
      const head = stack([linear({ outFeatures: options.width }), gelu({}), layerNorm({})]);
      const guess = composition.apply("guess", head, encode(composition, options));
      return composition.apply("words", embeddingScores({ count: options.vocabulary }), guess);
    },
  });

function encode({ g, inputs, apply }: Composition, options: BertOptions): Value {
  const { vocabulary, tokens, width, heads, blocks, dropoutRate = 0.1 } = options;
  const words = apply("words", embedding({ count: vocabulary, size: width, scale: 0.02 }), inputs.words!);
  const start = stack([learnedPositions({}), layerNorm({}), dropout({ rate: dropoutRate })]);
  const mask = isReal(g, inputs.lengths!, tokens);
  let x = apply("start", start, words);
  for (let i = 0; i < blocks; i++) x = encoderBlock(g, apply, { name: `block${i}`, x, mask, heads, dropoutRate });
  return x;
}
