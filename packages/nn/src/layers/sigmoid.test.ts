import { checkLayer } from "../testing/check-layer.ts";
import { sigmoid } from "./sigmoid.ts";

checkLayer([
  {
    title: "images",
    layer: sigmoid({}),
    input: { dtype: "float32", shape: [2, 3] },
    parameters: {},
    output: [3, 2, 3],
  },
]);
