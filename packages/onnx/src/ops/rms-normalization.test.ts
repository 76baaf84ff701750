import { checkOp } from "../testing/check-op.ts";
import { rmsNormalization } from "./rms-normalization.ts";

checkOp(rmsNormalization, [
  { title: "the last axis", inputs: [{ shape: [2, 4] }, { shape: [4] }] },
  { title: "the last two axes", inputs: [{ shape: [2, 2, 3] }, { shape: [2, 3] }], attributes: { axis: 1 } },
]);
