import { checkLayer } from "../testing/check-layer.ts";
import { rmsNorm } from "./rms-norm.ts";

checkLayer([
  {
    title: "sequences",
    layer: rmsNorm({}),
    input: { dtype: "float32", shape: [5, 4] },
    parameters: { scale: [4] },
    output: [3, 5, 4],
  },
]);
