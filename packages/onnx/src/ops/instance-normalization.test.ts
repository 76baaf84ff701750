import { checkOp } from "../testing/check-op.ts";
import { normalized } from "../testing/normalized.ts";
import { instanceNormalization } from "./instance-normalization.ts";

checkOp(instanceNormalization, [
  {
    title: "images",
    inputs: [{ shape: [2, 3, 2, 2] }, { shape: [3] }, { shape: [3] }],
    attributes: { epsilon: 0.01 },
    reference: normalized(4, (i) => Math.floor(i / 4) % 3, 0.01),
  },
]);
