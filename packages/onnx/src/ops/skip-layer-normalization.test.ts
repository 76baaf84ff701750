import { checkOp } from "../testing/check-op.ts";
import { skipLayerNormalization } from "./skip-layer-normalization.ts";

const [x, row] = [{ shape: [2, 3, 4] }, { shape: [4] }];

checkOp(skipLayerNormalization, [
  { title: "plain", inputs: [x, x, row, row] },
  { title: "a bias", inputs: [x, x, row, row, row] },
  { title: "a skip for the whole batch", inputs: [x, { shape: [1, 3, 4] }, row, row] },
]);
