import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { oneHot } from "./one-hot.ts";

checkOp(oneHot, [
  {
    title: "the last axis",
    inputs: [
      { shape: [2], dtype: "int64", values: [0, 2] },
      { shape: [], dtype: "int64", values: [3], isConstant: true },
      { shape: [2], values: [0, 1] },
    ],
    reference: ([indices, , values]) =>
      float64(
        Array.from(indices!.data, (index) => [0, 1, 2].map((i) => values!.data[i === index ? 1 : 0]!)).flat(),
        [2, 3],
      ),
  },
]);
