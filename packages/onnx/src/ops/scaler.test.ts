import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { scaler } from "./scaler.ts";

checkOp(scaler, [
  {
    title: "two columns",
    inputs: [{ shape: [2, 2] }],
    attributes: { offset: [1, 2], scale: [0.5, 2] },
    reference: ([x]) =>
      float64(
        x!.data.map((value, i) => (i % 2 === 0 ? (value - 1) / 2 : (value - 2) * 2)),
        [2, 2],
      ),
  },
]);
