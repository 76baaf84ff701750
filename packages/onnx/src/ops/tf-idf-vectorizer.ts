import { defineOp, int, ints, optional, string } from "../define-op.ts";

export const tfIdfVectorizer = defineOp({
  name: "TfIdfVectorizer",
  attributes: {
    max_gram_length: int(1),
    max_skip_count: int(0),
    min_gram_length: int(1),
    mode: string<"TF" | "IDF" | "TFIDF">("TF"),
    ngram_counts: ints([]),
    ngram_indexes: ints([]),
    pool_int64s: optional.ints,
    pool_strings: optional.strings,
    weights: optional.floats,
  },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { ngram_indexes } }) => [
    { dtype: "float32", shape: x!.shape && [...x!.shape.slice(0, -1), Math.max(-1, ...ngram_indexes) + 1] },
  ],
});
