import { checkChange } from "../../testing/check-change.ts";
import { rmsNormalization } from "./rms-normalization.ts";

checkChange(rmsNormalization, [
  { title: "the last axis", op: "RMSNormalization", opset: 23, inputs: [[2, 3, 4], [4]] },
  {
    title: "the last two",
    op: "RMSNormalization",
    opset: 24,
    inputs: [
      [2, 3, 4],
      [3, 4],
    ],
    attributes: { axis: { kind: "int", value: 1 }, epsilon: { kind: "float", value: 0.01 } },
  },
]);
