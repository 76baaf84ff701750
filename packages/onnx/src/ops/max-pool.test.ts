import { checkOp, type OpSample, ofOpenLength } from "../testing/check-op.ts";
import { pooled, pooledOver } from "../testing/pooled.ts";
import { maxPool } from "./max-pool.ts";

const largest = (seen: readonly number[]) => Math.max(...seen);

const samples: readonly OpSample[] = [
  {
    title: "windows that tile",
    inputs: [{ shape: [2, 2, 4, 4] }],
    attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    reference: pooled(2, 2, 0, largest),
  },
  {
    title: "windows that tile a wide plane",
    inputs: [{ shape: [1, 1, 2, 66] }],
    attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    reference: pooled(2, 2, 0, largest),
  },
  {
    title: "windows that overlap",
    inputs: [{ shape: [1, 2, 5, 5] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
    reference: pooled(3, 2, 1, largest),
  },
  {
    title: "a last window that hangs over the end, columns counted first",
    inputs: [{ shape: [1, 2, 4, 4] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1, storage_order: 1 },
    outputs: 2,
    reference: pooled(3, 2, 0, largest, Math.ceil),
  },
  {
    title: "padded by rule",
    inputs: [{ shape: [1, 1, 5, 5] }],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], auto_pad: "SAME_UPPER" },
    reference: pooled(3, 2, 1, largest),
  },
  {
    title: "padded by rule, before the start first",
    inputs: [{ shape: [2, 3, 5, 6] }],
    attributes: { kernel_shape: [2, 2], auto_pad: "SAME_LOWER" },
    reference: pooledOver([2, 2], { pads: [1, 1, 0, 0] }, largest),
  },
  {
    title: "a dilated window",
    inputs: [{ shape: [1, 2, 6, 5] }],
    attributes: { kernel_shape: [2, 3], strides: [1, 2], dilations: [2, 2], pads: [1, 0, 0, 2] },
    reference: pooledOver([2, 3], { strides: [1, 2], dilations: [2, 2], pads: [1, 0, 0, 2] }, largest),
  },
  {
    title: "a series",
    inputs: [{ shape: [2, 2, 7] }],
    attributes: { kernel_shape: [3], strides: [2], pads: [1, 0] },
    reference: pooledOver([3], { strides: [2], pads: [1, 0] }, largest),
  },
  {
    title: "a volume",
    inputs: [{ shape: [1, 2, 4, 3, 4] }],
    attributes: { kernel_shape: [2, 2, 3], strides: [2, 1, 1], pads: [0, 1, 0, 0, 1, 1] },
    reference: pooledOver([2, 2, 3], { strides: [2, 1, 1], pads: [0, 1, 0, 0, 1, 1] }, largest),
  },
  {
    title: "a volume that tiles",
    inputs: [{ shape: [1, 1, 4, 2, 4] }],
    attributes: { kernel_shape: [2, 2, 2], strides: [2, 2, 2] },
    reference: pooledOver([2, 2, 2], { strides: [2, 2, 2] }, largest),
  },
];
const open = ["windows that tile", "windows that overlap", "a dilated window", "a volume that tiles", "a series"];
checkOp(maxPool, [...samples, ...samples.filter(({ title }) => open.includes(title)).map(ofOpenLength)]);
