import { checkOp } from "../testing/check-op.ts";
import { dft } from "./dft.ts";

const whole = (value: number) => ({ shape: [], dtype: "int64" as const, values: [value], isConstant: true });

checkOp(dft, [
  { title: "a real signal", inputs: [{ shape: [2, 6, 1] }] },
  { title: "a complex signal", inputs: [{ shape: [2, 5, 2] }] },
  { title: "one side", inputs: [{ shape: [2, 7, 1] }], attributes: { onesided: 1 } },
  { title: "the inverse of one side", inputs: [{ shape: [2, 4, 2] }], attributes: { inverse: 1, onesided: 1 } },
  {
    title: "the inverse of one side, of an odd length",
    inputs: [{ shape: [2, 4, 2] }, whole(7)],
    attributes: { inverse: 1, onesided: 1 },
  },
  { title: "the inverse", inputs: [{ shape: [2, 6, 2] }], attributes: { inverse: 1 } },
  { title: "a longer transform", inputs: [{ shape: [1, 5, 1] }, whole(8)] },
  { title: "a shorter transform", inputs: [{ shape: [1, 8, 1] }, whole(5)] },
  { title: "another axis", inputs: [{ shape: [2, 4, 3, 2] }, undefined, whole(1)] },
]);
