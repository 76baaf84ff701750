import { checkOp, type SampleInput } from "../testing/check-op.ts";
import { attention } from "./attention.ts";

const heads = (count: number, steps: number, size: number): SampleInput => ({ shape: [2, count, steps, size] });
const qkv = [heads(2, 3, 4), heads(2, 5, 4), heads(2, 5, 3)];
const flat = [{ shape: [2, 3, 8] }, { shape: [2, 5, 8] }, { shape: [2, 5, 6] }];

checkOp(attention, [
  { title: "heads", inputs: qkv },
  { title: "flat heads", inputs: flat, attributes: { q_num_heads: 2, kv_num_heads: 2 } },
  { title: "causal", inputs: [heads(2, 4, 2), heads(2, 4, 2), heads(2, 4, 2)], attributes: { is_causal: 1 } },
  { title: "groups of queries", inputs: [heads(4, 3, 2), heads(2, 3, 2), heads(2, 3, 2)], attributes: { scale: 0.3 } },
  { title: "an added mask", inputs: [...qkv, { shape: [3, 5] }] },
  {
    title: "a mask of truths",
    inputs: [...qkv, { shape: [3, 5], dtype: "bool", values: [1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1] }],
  },
  { title: "a soft cap", inputs: qkv, attributes: { softcap: 1.5 } },
  { title: "a soft cap under a mask", inputs: [...qkv, { shape: [3, 5] }], attributes: { softcap: 1.5 } },
  {
    title: "a past",
    inputs: [heads(2, 2, 4), heads(2, 2, 4), heads(2, 2, 4), undefined, heads(2, 3, 4), heads(2, 3, 4)],
    attributes: { is_causal: 1 },
    outputs: 3,
    lossOf: [0, 1, 2],
  },
  ...[0, 1, 2, 3].map((stage) => ({
    title: `stage ${stage} of the scores`,
    inputs: [...qkv, { shape: [3, 5] }],
    attributes: { softcap: 1.5, qk_matmul_output_mode: stage },
    outputs: 4,
    lossOf: [0, 3],
  })),
]);
