import { checkOp } from "../testing/check-op.ts";
import { scaler } from "./scaler.ts";

checkOp(scaler, [
  { title: "two columns", inputs: [{ shape: [2, 2] }], attributes: { offset: [1, 2], scale: [0.5, 2] } },
]);
