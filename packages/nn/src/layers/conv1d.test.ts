import { checkLayer } from "../testing/check-layer.ts";
import { conv1d } from "./conv1d.ts";

checkLayer([
  {
    title: "dilated",
    layer: conv1d({ channels: 4, kernel: 2, dilation: 2 }),
    input: { dtype: "float32", shape: [2, 6] },
    parameters: { weight: [4, 2, 2], bias: [4] },
    output: [3, 4, 4],
  },
]);
