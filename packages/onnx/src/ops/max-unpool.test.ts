import { float64, type Tensor } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { maxUnpool } from "./max-unpool.ts";

const indices = [0, 3, 10, 9, 16, 21, 26, 31];
const scattered =
  (shape: readonly number[]) =>
  ([x]: readonly Tensor<"float64">[]): Tensor<"float64"> => {
    const y = new Float64Array(shape.reduce((product, length) => product * length, 1));
    for (const [i, index] of indices.entries()) y[index] = x!.data[i]!;
    return float64(y, shape);
  };
const inputs = [{ shape: [1, 2, 2, 2] }, { shape: [1, 2, 2, 2], dtype: "int64" as const, values: indices }];
const attributes = { kernel_shape: [2, 2], strides: [2, 2] };

checkOp(maxUnpool, [
  { title: "a lossless size", inputs, attributes, reference: scattered([1, 2, 4, 4]) },
  {
    title: "a given size",
    inputs: [...inputs, { shape: [4], dtype: "int64", values: [1, 2, 4, 4], isConstant: true }],
    attributes,
    reference: scattered([1, 2, 4, 4]),
  },
]);
