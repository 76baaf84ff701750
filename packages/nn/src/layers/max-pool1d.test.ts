import { checkLayer } from "../testing/check-layer.ts";
import { maxPool1d } from "./max-pool1d.ts";

checkLayer([
  {
    title: "windows that tile",
    layer: maxPool1d({}),
    input: { dtype: "float32", shape: [2, 6] },
    parameters: {},
    output: [3, 2, 3],
  },
]);
