import { checkLayer } from "../testing/check-layer.ts";
import { averagePool2d } from "./average-pool2d.ts";

checkLayer([
  {
    title: "windows that overlap",
    layer: averagePool2d({ kernel: 3, stride: 1, padding: 1 }),
    input: { dtype: "float32", shape: [2, 4, 4] },
    parameters: {},
    output: [3, 2, 4, 4],
  },
]);
