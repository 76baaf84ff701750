import { float64, type Tensor } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { fastGelu } from "./fast-gelu.ts";

const byTanh = ([x, bias]: readonly Tensor<"float64">[]): Tensor<"float64"> =>
  float64(
    x!.data.map((value, i) => {
      const sum = value + (bias?.data[i % 3] ?? 0);
      return (sum * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (sum + 0.044715 * sum ** 3)))) / 2;
    }),
    [2, 3],
  );

checkOp(fastGelu, [
  { title: "no bias", inputs: [{ shape: [2, 3] }], reference: byTanh },
  { title: "a bias", inputs: [{ shape: [2, 3] }, { shape: [3] }], reference: byTanh },
]);
