import { int64 } from "@athanor/core";
import { checkLayer } from "../testing/check-layer.ts";
import { lstm } from "./lstm.ts";

checkLayer([
  {
    title: "both ways, padded",
    layer: lstm({ hidden: 3, bothWays: true }),
    input: { dtype: "float32", shape: [5, 4] },
    extras: { lengths: int64([5, 1, 3]) },
    parameters: { inputWeight: [2, 12, 4], recurrentWeight: [2, 12, 3], bias: [2, 24] },
    output: [3, 5, 6],
  },
]);
