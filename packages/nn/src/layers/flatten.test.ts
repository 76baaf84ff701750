import { checkLayer } from "../testing/check-layer.ts";
import { flatten } from "./flatten.ts";

checkLayer([
  { title: "images", layer: flatten({}), input: { dtype: "float32", shape: [2, 3] }, parameters: {}, output: [3, 6] },
]);
