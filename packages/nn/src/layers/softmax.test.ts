import { checkLayer } from "../testing/check-layer.ts";
import { softmax } from "./softmax.ts";

checkLayer([
  {
    title: "images",
    layer: softmax({}),
    input: { dtype: "float32", shape: [2, 3] },
    parameters: {},
    output: [3, 2, 3],
  },
]);
