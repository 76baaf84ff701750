import { checkOp } from "../testing/check-op.ts";
import { batchNormalization } from "./batch-normalization.ts";

checkOp(batchNormalization, [
  {
    title: "inference",
    inputs: [
      { shape: [2, 3, 2] },
      { shape: [3] },
      { shape: [3] },
      { shape: [3], isConstant: true },
      { shape: [3], range: [0.5, 2], isConstant: true },
    ],
  },
]);
