import { checkOp, type OpSample, ofOpenLength } from "../testing/check-op.ts";
import { pooled, pooledOver } from "../testing/pooled.ts";
import { averagePool } from "./average-pool.ts";

const mean = (seen: readonly number[]) => seen.reduce((a, b) => a + b) / seen.length;

const samples: readonly OpSample[] = [
  {
    title: "windows that tile",
    inputs: [{ shape: [2, 2, 4, 4] }],
    attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    reference: pooled(2, 2, 0, mean),
  },
  {
    title: "padding that does not count",
    inputs: [{ shape: [1, 2, 5, 5] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    reference: pooled(3, 2, 1, mean),
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
    reference: pooled(3, 2, 0, mean, Math.ceil),
  },
  {
    title: "padding that counts under a window that hangs over",
    inputs: [{ shape: [1, 1, 5, 5] }],
    attributes: { kernel_shape: [3, 3], strides: [3, 3], pads: [1, 1, 0, 0], ceil_mode: 1, count_include_pad: 1 },
    reference: pooledOver(
      [3, 3],
      { strides: [3, 3], pads: [1, 1, 0, 0] },
      (seen) => seen.reduce((a, b) => a + b) / 9,
      Math.ceil,
    ),
  },
  {
    title: "a dilated window",
    inputs: [{ shape: [1, 2, 6, 5] }],
    attributes: { kernel_shape: [2, 3], dilations: [2, 2], strides: [1, 1], pads: [1, 0, 0, 1] },
    reference: pooledOver([2, 3], { dilations: [2, 2], pads: [1, 0, 0, 1] }, mean),
  },
  {
    title: "a series",
    inputs: [{ shape: [2, 2, 7] }],
    attributes: { kernel_shape: [3], strides: [2], pads: [1, 0] },
    reference: pooledOver([3], { strides: [2], pads: [1, 0] }, mean),
  },
  {
    title: "a volume",
    inputs: [{ shape: [1, 2, 4, 3, 4] }],
    attributes: { kernel_shape: [2, 2, 3], strides: [2, 1, 1], pads: [0, 1, 0, 0, 1, 1] },
    reference: pooledOver([2, 2, 3], { strides: [2, 1, 1], pads: [0, 1, 0, 0, 1, 1] }, mean),
  },
  {
    title: "padded by rule",
    inputs: [{ shape: [1, 1, 5, 4] }],
    attributes: { kernel_shape: [2, 2], strides: [2, 2], auto_pad: "SAME_LOWER" },
    reference: pooledOver([2, 2], { strides: [2, 2], pads: [1, 0, 0, 0] }, mean),
  },
];
const open = ["padding that does not count", "a series"];
checkOp(averagePool, [...samples, ...samples.filter(({ title }) => open.includes(title)).map(ofOpenLength)]);
