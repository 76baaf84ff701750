import { checkLayer } from "../testing/check-layer.ts";
import { globalMaxPool } from "./global-max-pool.ts";

checkLayer([
  {
    title: "images",
    layer: globalMaxPool({}),
    input: { dtype: "float32", shape: [2, 3, 3] },
    parameters: {},
    output: [3, 2],
  },
]);
