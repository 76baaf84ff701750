import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { transposeMatMul } from "./transpose-mat-mul.ts";

checkOp(transposeMatMul, [
  {
    title: "first transposed",
    inputs: [{ shape: [2, 1] }, { shape: [2, 2] }],
    attributes: { transA: 1, alpha: 0.5 },
    reference: ([a, b]) =>
      float64(
        [0, 1].map((j) => 0.5 * (a!.data[0]! * b!.data[j]! + a!.data[1]! * b!.data[2 + j]!)),
        [1, 2],
      ),
  },
]);
