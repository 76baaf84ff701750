import { checkLayer } from "../testing/check-layer.ts";
import { adaptiveAveragePool2d } from "./adaptive-average-pool2d.ts";

checkLayer([
  {
    title: "windows that overlap",
    layer: adaptiveAveragePool2d({ rows: 2, columns: 3 }),
    input: { dtype: "float32", shape: [2, 5, 4] },
    parameters: {},
    output: [3, 2, 2, 3],
  },
]);
