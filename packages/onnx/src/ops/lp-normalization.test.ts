import { checkOp } from "../testing/check-op.ts";
import { lpNormalization } from "./lp-normalization.ts";

checkOp(lpNormalization, [
  { title: "Euclidean rows", inputs: [{ shape: [2, 3] }] },
  { title: "columns by sum of magnitudes", inputs: [{ shape: [3, 2] }], attributes: { axis: 0, p: 1 } },
]);
