import { checkLayer } from "../testing/check-layer.ts";
import { relu } from "./relu.ts";

checkLayer([
  { title: "images", layer: relu({}), input: { dtype: "float32", shape: [2, 3] }, parameters: {}, output: [3, 2, 3] },
]);
