import { checkOp } from "../testing/check-op.ts";
import { stft } from "./stft.ts";

const whole = (value: number) => ({ shape: [], dtype: "int64" as const, values: [value], isConstant: true });

checkOp(stft, [
  { title: "a window", inputs: [{ shape: [2, 12, 1] }, whole(3), { shape: [6] }] },
  { title: "frames without a window", inputs: [{ shape: [1, 10, 1] }, whole(2), undefined, whole(4)] },
  {
    title: "both sides",
    inputs: [{ shape: [1, 9, 1] }, whole(2), { shape: [5] }, whole(5)],
    attributes: { onesided: 0 },
  },
]);
