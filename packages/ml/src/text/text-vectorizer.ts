import {
  AthanorError,
  float32,
  integer,
  type OptionInput,
  type OptionValues,
  oneOf,
  real,
  resolveOptions,
} from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";
import { nGramsOf, tokensOf } from "./n-grams.ts";
import { lowered, tokenOptions, tokensToOnnx } from "./token-options.ts";

const options = {
  ...tokenOptions,
  minDf: integer(1, "texts that a feature is in at least", { min: 1 }),
  maxDf: real(1, "share of the texts that a feature is in at most", { min: 0, max: 1 }),
  maxFeatures: integer(5000, "features at most, the most frequent", { min: 1 }),
  weighting: oneOf("tfidf", "what a feature's value is: its count, whether it is there, or its count by rarity", [
    "tfidf",
    "count",
    "binary",
  ]),
};
type TextOptions = OptionValues<typeof options>;

/** What a vectorizer has learnt; plain data. */
export interface VectorizerState {
  /** Tokens of each feature, in the order of the columns. */
  readonly vocabulary: readonly (readonly string[])[];
  /** By feature: how much its count counts. */
  readonly weights: Float32Array;
}

/** A fitted vectorizer: it turns texts into features, and becomes an ONNX graph. */
export interface TextVectorizer {
  readonly state: VectorizerState;
  /** Tokens of each column, joined by a space. */
  readonly featureNames: readonly string[];
  /** `[texts, features]` */
  transform(texts: readonly string[]): Matrix;
  /** From string `[batch]` to float32 `[batch, features]`. */
  toOnnx(g: GraphBuilder, texts: Value): Value;
}

/**
 * Turns texts into counts of their words or characters and runs of these; rows of `tfidf` have length 1.
 *
 * @throws `ml/no-features` when no feature is frequent enough
 */
export function textVectorizer(input: OptionInput<typeof options> = {}) {
  const chosen = resolveOptions("textVectorizer", options, input);
  return {
    name: "textVectorizer",
    options: chosen,
    fit: (texts: readonly string[]): TextVectorizer => fitted(learn(texts, chosen), chosen),
    /** Puts a state, such as one read from a file, to use again. */
    restore: (state: VectorizerState): TextVectorizer => fitted(state, chosen),
  };
}

const gramsOf = (text: string, { analyzer, ngramMin, ngramMax, lowercase }: TextOptions) =>
  nGramsOf(tokensOf(lowercase ? lowered(text) : text, analyzer), ngramMin, ngramMax);

/** No token holds it. */
const separator = " ";

function learn(texts: readonly string[], chosen: TextOptions): VectorizerState {
  const { minDf, maxDf, maxFeatures, weighting } = chosen;
  const [inTexts, totals] = [new Map<string, number>(), new Map<string, number>()];
  for (const text of texts) {
    const grams = gramsOf(text, chosen).map((gram) => gram.join(separator));
    for (const gram of grams) totals.set(gram, (totals.get(gram) ?? 0) + 1);
    for (const gram of new Set(grams)) inTexts.set(gram, (inTexts.get(gram) ?? 0) + 1);
  }
  const kept = [...inTexts]
    .filter(([, count]) => count >= minDf && count <= maxDf * texts.length)
    .sort(([a], [b]) => totals.get(b)! - totals.get(a)! || (a < b ? -1 : 1))
    .slice(0, maxFeatures)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (kept.length === 0)
    throw new AthanorError("ml/no-features", "textVectorizer: expected a feature that is frequent enough, got none", {
      fix: "Give more texts, or lower minDf.",
    });
  return {
    vocabulary: kept.map(([gram]) => gram.split(separator)),
    // log((1 + texts) / (1 + texts with it)) + 1
    weights: Float32Array.from(kept, ([, count]) =>
      weighting === "tfidf" ? Math.log((1 + texts.length) / (1 + count)) + 1 : 1,
    ),
  };
}

function fitted(state: VectorizerState, chosen: TextOptions): TextVectorizer {
  const { vocabulary, weights } = state;
  const width = vocabulary.length;
  const featureNames = vocabulary.map((tokens) => tokens.join(separator));
  const columns = new Map(featureNames.map((name, column) => [name, column]));
  return {
    state,
    featureNames,
    transform(texts) {
      const data = new Float32Array(texts.length * width);
      for (const [row, text] of texts.entries()) {
        const own = data.subarray(row * width, (row + 1) * width);
        for (const gram of gramsOf(text, chosen)) {
          const column = columns.get(gram.join(separator));
          if (column !== undefined) own[column]! += 1;
        }
        if (chosen.weighting === "binary") own.set(own.map((count) => Math.min(1, count)));
        if (chosen.weighting === "tfidf") normalise(own, weights);
      }
      return float32(data, [texts.length, width]);
    },
    toOnnx: (g, texts) => toOnnx(g, texts, state, chosen),
  };
}

function normalise(row: Float32Array, weights: Float32Array): void {
  let squares = 0;
  for (const [column, count] of row.entries()) {
    row[column] = count * weights[column]!;
    squares += row[column]! ** 2;
  }
  if (squares > 0) for (let column = 0; column < row.length; column++) row[column]! /= Math.sqrt(squares);
}

function toOnnx(g: GraphBuilder, texts: Value, { vocabulary, weights }: VectorizerState, chosen: TextOptions): Value {
  const { ngramMin, ngramMax, weighting } = chosen;
  const tokens = tokensToOnnx(g, texts, chosen);
  // The operator wants its pool by length of the n-grams, each with the column that it counts in.
  const bySize = Array.from({ length: ngramMax }, (_, i) =>
    [...vocabulary.entries()].filter(([, gram]) => gram.length === i + 1),
  );
  let at = 0;
  const counts = g.op("TfIdfVectorizer", [tokens], {
    mode: weighting === "count" ? "TF" : weighting === "binary" ? "IDF" : "TFIDF",
    min_gram_length: ngramMin,
    max_gram_length: ngramMax,
    max_skip_count: 0,
    ngram_counts: bySize.map((grams) => {
      const start = at;
      at += grams.reduce((sum, [, gram]) => sum + gram.length, 0);
      return start;
    }),
    ngram_indexes: bySize.flatMap((grams) => grams.map(([column]) => column)),
    pool_strings: bySize.flatMap((grams) => grams.flatMap(([, gram]) => gram)),
    weights: bySize.flatMap((grams) => grams.map(([column]) => weights[column]!)),
  });
  if (weighting !== "tfidf") return counts;
  const length = g.op("Sqrt", [g.reduceSum(g.mul(counts, counts), [1], true)]);
  return g.div(counts, g.op("Max", [length, g.constant(float32([1e-30]))]));
}
