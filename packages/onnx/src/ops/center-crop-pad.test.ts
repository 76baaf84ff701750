import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { centerCropPad } from "./center-crop-pad.ts";

const lengths = (...values: number[]) =>
  ({ shape: [values.length], dtype: "int64", values, isConstant: true }) satisfies SampleInput;

checkOp(centerCropPad, [
  { title: "one axis cropped, one padded", inputs: [{ shape: [2, 6] }, lengths(5, 3)] },
  { title: "one axis", inputs: [{ shape: [4, 3] }, lengths(1)], attributes: { axes: [-2] } },
]);
