import { checkLayer } from "../testing/check-layer.ts";
import { groupNorm } from "./group-norm.ts";

checkLayer([
  {
    title: "images",
    layer: groupNorm({ groups: 2 }),
    input: { dtype: "float32", shape: [4, 3, 3] },
    parameters: { scale: [4], bias: [4] },
    output: [3, 4, 3, 3],
  },
]);
