import { checkOp } from "../testing/check-op.ts";
import { rotaryEmbedding } from "./rotary-embedding.ts";

const places = { shape: [2, 3], dtype: "int64" as const, values: [0, 1, 2, 4, 2, 0] };
const caches = [{ shape: [5, 2] }, { shape: [5, 2] }];
const x = { shape: [2, 2, 3, 4] };

checkOp(rotaryEmbedding, [
  { title: "halves", inputs: [x, ...caches, places] },
  { title: "interleaved", inputs: [x, ...caches, places], attributes: { interleaved: 1 } },
  {
    title: "a part",
    inputs: [x, { shape: [5, 1] }, { shape: [5, 1] }, places],
    attributes: { rotary_embedding_dim: 2 },
  },
  { title: "angles of every step", inputs: [x, { shape: [2, 3, 2] }, { shape: [2, 3, 2] }] },
  { title: "flat heads", inputs: [{ shape: [2, 3, 8] }, ...caches, places], attributes: { num_heads: 2 } },
]);
