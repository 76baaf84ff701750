import { checkLayer } from "../testing/check-layer.ts";
import { globalAveragePool } from "./global-average-pool.ts";

checkLayer([
  {
    title: "images",
    layer: globalAveragePool({}),
    input: { dtype: "float32", shape: [2, 4, 4] },
    parameters: {},
    output: [3, 2],
  },
]);
