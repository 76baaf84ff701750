import { checkLayer } from "../testing/check-layer.ts";
import { maxPool2d } from "./max-pool2d.ts";

checkLayer([
  {
    title: "windows that tile",
    layer: maxPool2d({}),
    input: { dtype: "float32", shape: [2, 4, 4] },
    parameters: {},
    output: [3, 2, 2, 2],
  },
]);
