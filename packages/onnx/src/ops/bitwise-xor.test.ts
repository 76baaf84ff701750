import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { bitwiseXor } from "./bitwise-xor.ts";

checkOp(bitwiseXor, [
  {
    title: "a row against a matrix",
    inputs: [
      { shape: [2, 2], dtype: "int32", values: [0, 5, 12, -1] },
      { shape: [2], dtype: "int32", values: [6, 3] },
    ],
    reference: ([x, row]) =>
      float64(
        x!.data.map((a, i) => a ^ row!.data[i % 2]!),
        [2, 2],
      ),
  },
]);
