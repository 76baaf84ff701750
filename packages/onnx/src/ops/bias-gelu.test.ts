import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { errorFunction } from "../testing/error-function.ts";
import { biasGelu } from "./bias-gelu.ts";

checkOp(biasGelu, [
  {
    title: "rows",
    inputs: [{ shape: [2, 3] }, { shape: [3] }],
    reference: ([x, bias]) =>
      float64(
        x!.data.map((value, i) => {
          const sum = value + bias!.data[i % 3]!;
          return (sum * (1 + errorFunction(sum * Math.SQRT1_2))) / 2;
        }),
        [2, 3],
      ),
  },
]);
