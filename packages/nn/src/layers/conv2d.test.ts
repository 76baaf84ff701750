import { checkLayer } from "../testing/check-layer.ts";
import { conv2d } from "./conv2d.ts";

checkLayer([
  {
    title: "padded",
    layer: conv2d({ channels: 4, padding: 1 }),
    input: { dtype: "float32", shape: [2, 5, 5] },
    parameters: { weight: [4, 2, 3, 3], bias: [4] },
    output: [3, 4, 5, 5],
  },
  {
    title: "strided groups",
    layer: conv2d({ channels: 4, stride: 2, groups: 2, bias: false }),
    input: { dtype: "float32", shape: [2, 7, 7] },
    parameters: { weight: [4, 1, 3, 3] },
    output: [3, 4, 3, 3],
  },
]);
