import { checkLayer } from "../testing/check-layer.ts";
import { gelu } from "./gelu.ts";

checkLayer([
  { title: "images", layer: gelu({}), input: { dtype: "float32", shape: [2, 3] }, parameters: {}, output: [3, 2, 3] },
]);
