import { float64 } from "@athanor/core";
import { checkOp } from "../testing/check-op.ts";
import { dequantizeLinear } from "./dequantize-linear.ts";

checkOp(dequantizeLinear, [
  {
    title: "one scale",
    inputs: [
      { shape: [2, 2], dtype: "uint8", values: [0, 3, 128, 255] },
      { shape: [], range: [0.1, 1] },
      { shape: [], dtype: "uint8", values: [3] },
    ],
    reference: ([x, scale, zero]) =>
      float64(
        x!.data.map((step) => (step - zero!.data[0]!) * scale!.data[0]!),
        [2, 2],
      ),
  },
  {
    title: "a scale a row",
    inputs: [
      { shape: [2, 2], dtype: "int8", values: [-128, 3, 12, 127] },
      { shape: [2], range: [0.1, 1] },
    ],
    attributes: { axis: 0 },
    reference: ([x, scale]) =>
      float64(
        x!.data.map((step, i) => step * scale!.data[Math.floor(i / 2)]!),
        [2, 2],
      ),
  },
  {
    title: "a scale a block",
    inputs: [
      { shape: [2, 4], dtype: "int8", values: [1, 2, 3, 4, 5, 6, 7, 8] },
      { shape: [2, 2], range: [0.1, 1] },
      { shape: [2, 2], dtype: "int8", values: [0, 1, 2, 3] },
    ],
    attributes: { axis: 1, block_size: 2 },
    reference: ([x, scale, zero]) =>
      float64(
        x!.data.map((step, i) => (step - zero!.data[Math.floor(i / 2)]!) * scale!.data[Math.floor(i / 2)]!),
        [2, 4],
      ),
  },
]);
