import { checkLayer } from "../testing/check-layer.ts";
import { depthwiseConv2d } from "./depthwise-conv2d.ts";

checkLayer([
  {
    title: "two maps of each",
    layer: depthwiseConv2d({ multiplier: 2, padding: 1 }),
    input: { dtype: "float32", shape: [2, 4, 4] },
    parameters: { weight: [4, 1, 3, 3], bias: [4] },
    output: [3, 4, 4, 4],
  },
]);
