import { compose } from "../compose.ts";
import { dropout, linear } from "../layers/index.ts";
import type { Network } from "../network.ts";
import { ngramRows } from "../text/ngram-rows.ts";
import type { NgramTable } from "../text/ngram-table.ts";
import { weightedRows } from "../text/weighted-rows.ts";

/** Sizes of a network over runs of tokens. */
export interface TextBagOptions {
  /** Which runs are known; see `ngramTable`. */
  readonly ngrams: NgramTable;
  readonly classes: number;
  /** Numbers that are learned of each run; a multiple of four. */
  readonly width?: number;
  /** Share of runs that are left out of each text in training. */
  readonly runDropoutRate?: number;
  readonly dropoutRate?: number;
}

/**
 * Classes of texts by what is learned of their words, pairs of words and so on: int64
 * `[batch, tokens] → [batch, classes]`, where token 0 is padding at the end.
 *
 * @see Joulin et al. 2016, "Bag of tricks for efficient text classification", https://arxiv.org/abs/1607.01759
 */
export const textBag = ({
  ngrams,
  classes,
  width = 64,
  runDropoutRate = 0.3,
  dropoutRate = 0.3,
}: TextBagOptions): Network =>
  compose({
    name: "textBag",
    inputs: { x: { dtype: "int64", shape: ["tokens"] } },
    build({ g, inputs, apply }) {
      const rows = ngramRows(g, inputs.x!, ngrams);
      const weights = apply("runs", dropout({ rate: runDropoutRate }), g.gather(g.constant(ngrams.weights), rows));
      const sum = apply("bag", weightedRows({ count: ngrams.weights.size, size: width }), weights, { rows });
      return apply("scores", linear({ outFeatures: classes }), apply("dropout", dropout({ rate: dropoutRate }), sum));
    },
  });
