import { checkLayer } from "../testing/check-layer.ts";
import { learnedPositions } from "./learned-positions.ts";

checkLayer([
  {
    title: "sequences",
    layer: learnedPositions({}),
    input: { dtype: "float32", shape: [4, 5] },
    parameters: { table: [4, 5] },
    output: [3, 4, 5],
  },
]);
