import { compose } from "../compose.ts";
import { dropout, embedding, linear, lstm, tagTransitions } from "../layers/index.ts";
import type { Network } from "../network.ts";

/** Sizes of a network that tags words. */
export interface BiLstmCrfOptions {
  readonly vocabulary: number;
  /** Length of a text, padding included. */
  readonly tokens: number;
  readonly tags: number;
  readonly width?: number;
  readonly hidden?: number;
  readonly dropoutRate?: number;
}

/**
 * Scores of each way to tag a text, for the loss `crf` and for `viterbi`: inputs `words` int64 `[batch, tokens]` and `lengths` int64
 * `[batch]`; output `[batch, tokens, tag before, tag]`.
 *
 * @see Lample et al. 2016, https://arxiv.org/abs/1603.01360
 */
export const biLstmCrf = ({
  vocabulary,
  tokens,
  tags,
  width = 100,
  hidden = 100,
  dropoutRate = 0.5,
}: BiLstmCrfOptions): Network =>
  compose({
    name: "biLstmCrf",
    inputs: { words: { dtype: "int64", shape: [tokens] }, lengths: { dtype: "int64", shape: [] } },
    build({ inputs: { words, lengths }, apply }) {
      const rate = { rate: dropoutRate };
      const embedded = apply(
        "dropout0",
        dropout(rate),
        apply("words", embedding({ count: vocabulary, size: width }), words!),
      );
      const states = apply("lstm", lstm({ hidden, bothWays: true }), embedded, { lengths });
      const scores = apply("scores", linear({ outFeatures: tags }), apply("dropout1", dropout(rate), states));
      return apply("transitions", tagTransitions({}), scores);
    },
  });
