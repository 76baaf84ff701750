import { checkLayer } from "../testing/check-layer.ts";
import { convTranspose2d } from "./conv-transpose2d.ts";

checkLayer([
  {
    title: "windows that tile",
    layer: convTranspose2d({ channels: 4 }),
    input: { dtype: "float32", shape: [2, 3, 5] },
    parameters: { weight: [2, 4, 2, 2], bias: [4] },
    output: [3, 4, 6, 10],
  },
  {
    title: "overlapping, padded",
    layer: convTranspose2d({ channels: 3, kernel: 4, padding: 1, bias: false }),
    input: { dtype: "float32", shape: [2, 3, 3] },
    parameters: { weight: [2, 3, 4, 4] },
    output: [3, 3, 6, 6],
  },
]);
