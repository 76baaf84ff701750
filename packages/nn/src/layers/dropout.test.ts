import { checkLayer } from "../testing/check-layer.ts";
import { dropout } from "./dropout.ts";

checkLayer([
  {
    title: "images",
    layer: dropout({}),
    input: { dtype: "float32", shape: [2, 3] },
    parameters: {},
    output: [3, 2, 3],
  },
]);
