import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { blackmanWindow } from "./blackman-window.ts";

const weights = (count: number, period: number) => () =>
  float64(
    Array.from({ length: count }, (_, i) => {
      const t = (2 * Math.PI * i) / period;
      return 0.42 - 0.5 * Math.cos(t) + 0.08 * Math.cos(2 * t);
    }),
  );
const size = { shape: [], dtype: "int64", values: [5], isConstant: true } as const;

checkOp(blackmanWindow, [
  { title: "periodic", inputs: [size], reference: weights(5, 5) },
  {
    title: "symmetric, in double",
    inputs: [size],
    attributes: { periodic: 0, output_datatype: 11 },
    reference: weights(5, 4),
  },
]);
