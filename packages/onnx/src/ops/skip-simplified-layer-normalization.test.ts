import { checkOp } from "../testing/check-op.ts";
import { skipSimplifiedLayerNormalization } from "./skip-simplified-layer-normalization.ts";

const [x, row] = [{ shape: [2, 3, 4] }, { shape: [4] }];

checkOp(skipSimplifiedLayerNormalization, [
  { title: "plain", inputs: [x, x, row] },
  { title: "a bias", inputs: [x, x, row, row] },
]);
