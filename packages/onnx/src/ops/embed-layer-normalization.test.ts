import { checkOp } from "../testing/check-op.ts";
import { embedLayerNormalization } from "./embed-layer-normalization.ts";

const ids = (...values: number[]) => ({ shape: [2, 3], dtype: "int32" as const, values });
const [table, row] = [(rows: number) => ({ shape: [rows, 4] }), { shape: [4] }];

checkOp(embedLayerNormalization, [
  {
    title: "words and places",
    inputs: [ids(0, 4, 2, 1, 1, 3), undefined, table(5), table(3), undefined, row, row],
    outputs: 2,
  },
  {
    title: "segments and given places",
    inputs: [
      ids(0, 4, 2, 1, 1, 3),
      ids(0, 0, 1, 1, 1, 0),
      table(5),
      table(6),
      table(2),
      row,
      row,
      undefined,
      ids(2, 0, 1, 5, 4, 3),
    ],
    outputs: 2,
  },
]);
