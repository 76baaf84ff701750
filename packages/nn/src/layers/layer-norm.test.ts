import { checkLayer } from "../testing/check-layer.ts";
import { layerNorm } from "./layer-norm.ts";

checkLayer([
  {
    title: "sequences",
    layer: layerNorm({}),
    input: { dtype: "float32", shape: [5, 4] },
    parameters: { scale: [4], bias: [4] },
    output: [3, 5, 4],
  },
]);
