import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { tfIdfVectorizer } from "./tf-idf-vectorizer.ts";

checkOp(tfIdfVectorizer, [
  {
    title: "single numbers and pairs",
    inputs: [{ shape: [2, 4], dtype: "int64", values: [5, 6, 5, 7, 7, 7, 5, 6] }],
    attributes: {
      max_gram_length: 2,
      max_skip_count: 0,
      min_gram_length: 1,
      mode: "TF",
      ngram_counts: [0, 2],
      ngram_indexes: [0, 1, 2],
      pool_int64s: [5, 7, 5, 6],
    },
    reference: () => float64([2, 1, 1, 1, 2, 1], [2, 3]),
  },
]);
