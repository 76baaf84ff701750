import { checkOp } from "../testing/check-op.ts";
import { add } from "./add.ts";

checkOp(add, [
  { title: "equal shapes", inputs: [{ shape: [2, 3] }, { shape: [2, 3], range: [0.5, 2] }] },
  { title: "a row against a matrix", inputs: [{ shape: [2, 3] }, { shape: [3], range: [0.5, 2] }] },
  { title: "a column against a stack", inputs: [{ shape: [2, 1] }, { shape: [2, 2, 3], range: [0.5, 2] }] },
  { title: "a scalar", inputs: [{ shape: [] }, { shape: [2, 2], range: [0.5, 2] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }, { shape: [3], range: [0.5, 2] }] },
]);
