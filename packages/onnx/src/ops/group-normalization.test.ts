import { checkOp, type OpSample, ofOpenLength } from "../testing/check-op.ts";
import { normalized } from "../testing/normalized.ts";
import { groupNormalization } from "./group-normalization.ts";

const samples: readonly OpSample[] = [
  {
    title: "two groups of two channels",
    inputs: [{ shape: [2, 4, 3] }, { shape: [4] }, { shape: [4] }],
    attributes: { num_groups: 2 },
    reference: normalized(6, (i) => Math.floor(i / 3) % 4),
  },
];
checkOp(groupNormalization, [...samples, ...samples.map(ofOpenLength)]);
