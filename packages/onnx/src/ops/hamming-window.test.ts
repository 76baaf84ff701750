import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { hammingWindow } from "./hamming-window.ts";

const weights = (count: number, period: number) => () =>
  float64(
    Array.from({ length: count }, (_, i) => {
      const t = (2 * Math.PI * i) / period;
      return 25 / 46 - (21 / 46) * Math.cos(t);
    }),
  );
const size = { shape: [], dtype: "int64", values: [5], isConstant: true } as const;

checkOp(hammingWindow, [
  { title: "periodic", inputs: [size], reference: weights(5, 5) },
  {
    title: "symmetric, in double",
    inputs: [size],
    attributes: { periodic: 0, output_datatype: 11 },
    reference: weights(5, 4),
  },
]);
