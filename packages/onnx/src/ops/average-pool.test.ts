import { checkOp } from "../testing/check-op.ts";
import { pooled } from "../testing/pooled.ts";
import { averagePool } from "./average-pool.ts";

checkOp(averagePool, [
  {
    title: "windows that tile",
    inputs: [{ shape: [2, 2, 4, 4] }],
    attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    reference: pooled(2, 2, 0, (seen) => seen.reduce((a, b) => a + b) / seen.length),
  },
  {
    title: "padding that does not count",
    inputs: [{ shape: [1, 2, 5, 5] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    reference: pooled(3, 2, 1, (seen) => seen.reduce((a, b) => a + b) / seen.length),
  },
  {
    title: "padding that counts",
    inputs: [{ shape: [1, 1, 4, 4] }],
    attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 },
    reference: pooled(3, 1, 1, (seen) => seen.reduce((a, b) => a + b) / 9),
  },
  {
    title: "a last window that hangs over the end",
    inputs: [{ shape: [1, 2, 4, 4] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 },
    reference: pooled(3, 2, 0, (seen) => seen.reduce((a, b) => a + b) / seen.length, Math.ceil),
  },
]);
