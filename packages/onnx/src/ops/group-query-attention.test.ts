import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { groupQueryAttention } from "./group-query-attention.ts";

const int32 = (shape: readonly number[], values: readonly number[]): SampleInput => ({
  shape,
  values,
  dtype: "int32",
  isConstant: true,
});
const lengths = [int32([2], [2, 2]), int32([1], [3])];
const separate = [{ shape: [2, 3, 16] }, { shape: [2, 3, 8] }, { shape: [2, 3, 8] }, undefined, undefined];
// The runtime turns only heads of sixteen.
const wide = [{ shape: [1, 2, 32] }, { shape: [1, 2, 16] }, { shape: [1, 2, 16] }, undefined, undefined];
const attributes = { num_heads: 2, kv_num_heads: 1 };
const caches = [{ shape: [2, 8] }, { shape: [2, 8] }];
const outputs = 3;

checkOp(groupQueryAttention, [
  { title: "a prompt", inputs: [...separate, ...lengths], attributes, outputs, lossOf: [0, 1, 2] },
  {
    title: "turned by places",
    inputs: [...wide, int32([1], [1]), int32([1], [2]), ...caches],
    attributes: { ...attributes, do_rotary: 1 },
    outputs,
    lossOf: [0, 1, 2],
  },
  {
    title: "packed, with a window",
    inputs: [{ shape: [2, 3, 32] }, undefined, undefined, undefined, undefined, ...lengths],
    attributes: { ...attributes, local_window_size: 2 },
    outputs,
  },
  { title: "a soft cap", inputs: [...separate, ...lengths], attributes: { ...attributes, softcap: 1.2 }, outputs },
]);
