import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Apply } from "../apply-layer.ts";
import { compose } from "../compose.ts";
import { dropout, embedding, linear, lstm, tagTransitions } from "../layers/index.ts";
import type { InputSpec, Network } from "../network.ts";
import { lengthsOf } from "../text/is-token.ts";
import { letterWindows } from "../text/letter-windows.ts";
import { moved, rowsOfRuns } from "../text/ngram-rows.ts";
import type { NgramTable } from "../text/ngram-table.ts";

/** What a tagger sees of a word beside the word. */
export interface SequenceTaggerOptions {
  readonly vocabulary: number;
  readonly tags: number;
  readonly width?: number;
  readonly hidden?: number;
  readonly dropoutRate?: number;
  /** Pairs of neighbours, which are looked up at a word and at the one before. */
  readonly pairs?: { readonly ngrams: NgramTable; readonly width: number };
  /** Letters of each word, so many of them. */
  readonly letters?: {
    readonly count: number;
    readonly length: number;
    readonly width: number;
    readonly channels: number;
  };
  /** Kinds of spelling, such as capitals or digits. */
  readonly spellings?: { readonly count: number; readonly width: number };
}

/**
 * Scores of each way to tag a text, for the loss `crf` and for `viterbi`: inputs `words` int64 `[batch, tokens]`, 0 where a text is
 * padded, and where they are asked for `letters` `[batch, tokens, length]` and `spellings` `[batch, tokens]`; output `[batch, tokens,
 * tag before, tag]`.
 *
 * @see Ma and Hovy 2016, https://arxiv.org/abs/1603.01354
 */
export function sequenceTagger(options: SequenceTaggerOptions): Network {
  const { vocabulary, tags, width = 100, hidden = 100, dropoutRate = 0.5, pairs, letters, spellings } = options;
  const inputs: Record<string, InputSpec> = { words: { dtype: "int64", shape: ["tokens"] } };
  if (letters) inputs.letters = { dtype: "int64", shape: ["tokens", letters.length] };
  if (spellings) inputs.spellings = { dtype: "int64", shape: ["tokens"] };
  return compose({
    name: "sequenceTagger",
    inputs,
    build({ g, inputs: given, apply }) {
      const words = given.words!;
      const seen = [apply("words", embedding({ count: vocabulary, size: width }), words)];
      if (pairs) seen.push(...pairsOf(g, apply, words, pairs));
      if (letters) seen.push(apply("letters", letterWindows(letters), given.letters!));
      if (spellings)
        seen.push(apply("spellings", embedding({ count: spellings.count, size: spellings.width }), given.spellings!));
      const read = apply("dropout0", dropout({ rate: dropoutRate }), g.concat(seen, 2));
      const states = apply("lstm", lstm({ hidden, bothWays: true }), read, { lengths: lengthsOf(g, words) });
      const scores = apply(
        "scores",
        linear({ outFeatures: tags }),
        apply("dropout1", dropout({ rate: dropoutRate }), states),
      );
      return apply("transitions", tagTransitions({}), scores);
    },
  });
}

function pairsOf(
  g: GraphBuilder,
  apply: Apply,
  words: Value,
  { ngrams, width }: NonNullable<SequenceTaggerOptions["pairs"]>,
) {
  const table = embedding({ count: ngrams.weights.size, size: width });
  const after = rowsOfRuns(g, words, ngrams, 2);
  return [after, moved(g, after, -1)].map((rows) => apply("pairs", table, rows));
}
