import { int64 } from "@athanor/core";
import { checkLayer } from "../testing/check-layer.ts";
import { gru } from "./gru.ts";

checkLayer([
  {
    title: "both ways, padded",
    layer: gru({ hidden: 3, bothWays: true }),
    input: { dtype: "float32", shape: [5, 4] },
    extras: { lengths: int64([5, 1, 3]) },
    parameters: { inputWeight: [2, 9, 4], recurrentWeight: [2, 9, 3], bias: [2, 18] },
    output: [3, 5, 6],
  },
]);
