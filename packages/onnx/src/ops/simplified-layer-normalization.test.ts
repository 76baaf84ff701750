import { checkOp } from "../testing/check-op.ts";
import { simplifiedLayerNormalization } from "./simplified-layer-normalization.ts";

checkOp(simplifiedLayerNormalization, [
  { title: "the last axis", inputs: [{ shape: [2, 3, 4] }, { shape: [4] }] },
  { title: "the last two axes", inputs: [{ shape: [2, 2, 3] }, { shape: [2, 3] }], attributes: { axis: 1 } },
]);
