import { checkOp } from "../testing/check-op.ts";
import { normalized } from "../testing/normalized.ts";
import { groupNormalization } from "./group-normalization.ts";

checkOp(groupNormalization, [
  {
    title: "two groups of two channels",
    inputs: [{ shape: [2, 4, 3] }, { shape: [4] }, { shape: [4] }],
    attributes: { num_groups: 2 },
    reference: normalized(6, (i) => Math.floor(i / 3) % 4),
  },
]);
