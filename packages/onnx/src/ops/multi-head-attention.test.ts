import { checkOp } from "../testing/check-op.ts";
import { multiHeadAttention } from "./multi-head-attention.ts";

const qkv = [{ shape: [2, 3, 4] }, { shape: [2, 5, 4] }, { shape: [2, 5, 4] }];
const attributes = { num_heads: 2 };
const int32 = (shape: readonly number[], values: readonly number[]) => ({ shape, values, dtype: "int32" as const });

checkOp(multiHeadAttention, [
  { title: "plain", inputs: qkv, attributes },
  { title: "a bias", inputs: [...qkv, { shape: [12] }], attributes: { ...attributes, scale: 0.4 } },
  { title: "a number of real keys", inputs: [...qkv, undefined, int32([2], [3, 5])], attributes },
  { title: "real keys", inputs: [...qkv, undefined, int32([2, 5], [1, 0, 1, 1, 0, 1, 1, 1, 1, 0])], attributes },
  { title: "added scores", inputs: [...qkv, undefined, undefined, { shape: [1, 2, 3, 5] }], attributes },
  {
    title: "causal",
    inputs: [{ shape: [1, 4, 4] }, { shape: [1, 4, 4] }, { shape: [1, 4, 4] }],
    attributes: { ...attributes, unidirectional: 1 },
  },
  {
    title: "a past",
    inputs: [
      ...[1, 2, 3].map(() => ({ shape: [1, 2, 4] })),
      undefined,
      undefined,
      undefined,
      { shape: [1, 2, 3, 2] },
      { shape: [1, 2, 3, 2] },
    ],
    attributes,
    outputs: 3,
    lossOf: [0, 1, 2],
  },
]);
