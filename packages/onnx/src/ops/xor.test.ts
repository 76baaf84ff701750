import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { xor } from "./xor.ts";

checkOp(xor, [
  {
    title: "a row against a matrix",
    inputs: [
      { shape: [2, 2], dtype: "bool", values: [0, 0, 1, 1] },
      { shape: [2], dtype: "bool", values: [0, 1] },
    ],
    reference: ([x, row]) =>
      float64(
        x!.data.map((a, i) => Number(a !== row!.data[i % 2])),
        [2, 2],
      ),
  },
]);
