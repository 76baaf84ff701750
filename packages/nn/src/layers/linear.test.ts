import { checkLayer } from "../testing/check-layer.ts";
import { linear } from "./linear.ts";

checkLayer([
  {
    title: "rows",
    layer: linear({ outFeatures: 4 }),
    input: { dtype: "float32", shape: [3] },
    parameters: { weight: [3, 4], bias: [4] },
    output: [3, 4],
  },
  {
    title: "sequences without bias",
    layer: linear({ outFeatures: 2, bias: false }),
    input: { dtype: "float32", shape: [5, 3] },
    parameters: { weight: [3, 2] },
    output: [3, 5, 2],
  },
]);
