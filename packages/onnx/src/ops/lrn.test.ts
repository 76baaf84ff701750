import { float64, type Tensor } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { lrn } from "./lrn.ts";

/** Response normalization by its definition over `[1, 5, 2]`. */
const responses =
  (size: number, alpha: number, beta: number, bias: number) =>
  ([x]: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const y = x!.data.map((value, i) => {
      const channel = Math.floor(i / 2);
      let squares = 0;
      for (let c = channel - Math.floor((size - 1) / 2); c <= channel + Math.ceil((size - 1) / 2); c++)
        squares += (x!.data[2 * c + (i % 2)] ?? 0) ** 2;
      return value / (bias + (alpha / size) * squares) ** beta;
    });
    return float64(y, [1, 5, 2]);
  };

checkOp(lrn, [
  {
    title: "three channels",
    inputs: [{ shape: [1, 5, 2, 1] }],
    attributes: { size: 3, alpha: 0.5, beta: 0.6, bias: 1.5 },
    reference: (inputs) => responses(3, 0.5, 0.6, 1.5)(inputs).reshape([1, 5, 2, 1]),
  },
]);
