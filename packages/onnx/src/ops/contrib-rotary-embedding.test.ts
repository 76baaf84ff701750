import { checkOp } from "../testing/check-op.ts";
import { contribRotaryEmbedding } from "./contrib-rotary-embedding.ts";

const places = { shape: [2, 3], dtype: "int64" as const, values: [0, 1, 2, 4, 2, 0] };
const caches = [{ shape: [5, 2] }, { shape: [5, 2] }];

checkOp(contribRotaryEmbedding, [
  { title: "flat heads", inputs: [{ shape: [2, 3, 8] }, places, ...caches] },
  { title: "heads", inputs: [{ shape: [2, 2, 3, 4] }, places, ...caches] },
  { title: "interleaved", inputs: [{ shape: [2, 3, 8] }, places, ...caches], attributes: { interleaved: 1 } },
  { title: "one start", inputs: [{ shape: [2, 3, 8] }, { shape: [1], dtype: "int64", values: [2] }, ...caches] },
]);
