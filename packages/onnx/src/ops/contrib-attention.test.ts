import { checkOp } from "../testing/check-op.ts";
import { contribAttention } from "./contrib-attention.ts";

const inputs = [{ shape: [2, 3, 4] }, { shape: [4, 12] }, { shape: [12] }];
const attributes = { num_heads: 2 };

checkOp(contribAttention, [
  { title: "plain", inputs, attributes },
  { title: "causal", inputs, attributes: { ...attributes, unidirectional: 1 } },
  { title: "a number of real keys", inputs: [...inputs, { shape: [2], dtype: "int32", values: [2, 3] }], attributes },
  {
    title: "real keys",
    inputs: [...inputs, { shape: [2, 3], dtype: "int32", values: [1, 1, 0, 1, 1, 1] }],
    attributes,
  },
  { title: "added scores", inputs: [...inputs, undefined, undefined, { shape: [2, 2, 3, 3] }], attributes },
  {
    title: "a past",
    inputs: [...inputs, undefined, { shape: [2, 2, 2, 2, 2] }],
    attributes: { ...attributes, unidirectional: 1 },
    outputs: 2,
    lossOf: [0, 1],
  },
  {
    title: "values of another width",
    inputs: [{ shape: [1, 3, 4] }, { shape: [4, 14] }, { shape: [14] }],
    attributes: { ...attributes, qkv_hidden_sizes: [4, 4, 6] },
  },
]);
