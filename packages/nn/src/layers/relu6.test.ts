import { checkLayer } from "../testing/check-layer.ts";
import { relu6 } from "./relu6.ts";

checkLayer([
  {
    title: "images",
    layer: relu6({}),
    input: { dtype: "float32", shape: [2, 3] },
    parameters: {},
    output: [3, 2, 3],
  },
]);
