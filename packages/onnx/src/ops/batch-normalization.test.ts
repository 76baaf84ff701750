import { checkOp } from "../testing/check-op.ts";
import { batchNormalization } from "./batch-normalization.ts";

const statistics = { shape: [3], range: [0.5, 2] } as const;

checkOp(batchNormalization, [
  {
    title: "inference",
    inputs: [
      { shape: [2, 3, 2] },
      { shape: [3] },
      { shape: [3] },
      { shape: [3], isConstant: true },
      { ...statistics, isConstant: true },
    ],
  },
  {
    title: "inference by statistics that are inputs",
    inputs: [{ shape: [2, 3, 2] }, { shape: [3] }, { shape: [3] }, { shape: [3] }, statistics],
  },
  {
    title: "training",
    inputs: [
      { shape: [2, 3, 2] },
      { shape: [3] },
      { shape: [3] },
      { shape: [3], isConstant: true },
      { ...statistics, isConstant: true },
    ],
    attributes: { training_mode: 1 },
    outputs: 3,
  },
  {
    title: "training that keeps nothing of the running statistics",
    inputs: [
      { shape: [2, 3, 2, 2] },
      { shape: [3] },
      { shape: [3] },
      { shape: [3], isConstant: true },
      { ...statistics, isConstant: true },
    ],
    attributes: { training_mode: 1, momentum: 0 },
    outputs: 3,
  },
]);
