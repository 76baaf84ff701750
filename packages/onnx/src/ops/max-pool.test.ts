import { checkOp } from "../testing/check-op.ts";
import { pooled } from "../testing/pooled.ts";
import { maxPool } from "./max-pool.ts";

checkOp(maxPool, [
  {
    title: "windows that tile",
    inputs: [{ shape: [2, 2, 4, 4] }],
    attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    reference: pooled(2, 2, 0, (seen) => Math.max(...seen)),
  },
  {
    title: "windows that overlap",
    inputs: [{ shape: [1, 2, 5, 5] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    reference: pooled(3, 2, 1, (seen) => Math.max(...seen)),
  },
  {
    title: "a last window that hangs over the end, columns counted first",
    inputs: [{ shape: [1, 2, 4, 4] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1, storage_order: 1 },
    outputs: 2,
    reference: pooled(3, 2, 0, (seen) => Math.max(...seen), Math.ceil),
  },
  {
    title: "padded by rule",
    inputs: [{ shape: [1, 1, 5, 5] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], auto_pad: "SAME_UPPER" },
    reference: pooled(3, 2, 1, (seen) => Math.max(...seen)),
  },
]);
