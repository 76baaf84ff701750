import { checkOp } from "../testing/check-op.ts";
import { normalized } from "../testing/normalized.ts";
import { meanVarianceNormalization } from "./mean-variance-normalization.ts";

checkOp(meanVarianceNormalization, [
  {
    title: "each channel over the batch",
    inputs: [{ shape: [1, 3, 2, 2] }],
    reference: normalized(4, () => 0, 0),
  },
  {
    title: "each channel of each example",
    inputs: [{ shape: [2, 2, 2, 2] }],
    attributes: { axes: [2, 3] },
    reference: normalized(4, () => 0, 0),
  },
]);
