import { checkLayer } from "../testing/check-layer.ts";
import { embeddingScores } from "./embedding-scores.ts";

checkLayer([
  {
    title: "sequences",
    layer: embeddingScores({ count: 7 }),
    input: { dtype: "float32", shape: [5, 4] },
    parameters: { table: [7, 4], bias: [7] },
    output: [3, 5, 7],
  },
]);
