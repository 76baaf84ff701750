import { checkLayer } from "../testing/check-layer.ts";
import { batchNorm } from "./batch-norm.ts";

checkLayer([
  {
    title: "images",
    layer: batchNorm({}),
    input: { dtype: "float32", shape: [2, 3, 3] },
    parameters: { scale: [2], bias: [2] },
    output: [3, 2, 3, 3],
  },
  {
    title: "rows",
    layer: batchNorm({}),
    input: { dtype: "float32", shape: [4] },
    parameters: { scale: [4], bias: [4] },
    output: [3, 4],
  },
]);
