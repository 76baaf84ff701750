import { checkLayer } from "../testing/check-layer.ts";
import { embedding } from "./embedding.ts";

checkLayer([
  {
    title: "sequences",
    layer: embedding({ count: 7, size: 4 }),
    input: { dtype: "int64", shape: [5] },
    parameters: { table: [7, 4] },
    output: [3, 5, 4],
    below: 7,
  },
]);
