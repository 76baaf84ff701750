import { checkLayer } from "../testing/check-layer.ts";
import { leakyRelu } from "./leaky-relu.ts";

checkLayer([
  {
    title: "images",
    layer: leakyRelu({}),
    input: { dtype: "float32", shape: [2, 3] },
    parameters: {},
    output: [3, 2, 3],
  },
]);
