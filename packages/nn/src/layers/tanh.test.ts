import { checkLayer } from "../testing/check-layer.ts";
import { tanh } from "./tanh.ts";

checkLayer([
  { title: "images", layer: tanh({}), input: { dtype: "float32", shape: [2, 3] }, parameters: {}, output: [3, 2, 3] },
]);
