import { defineOp, int } from "../define-op.ts";

export const nonMaxSuppression = defineOp({
  name: "NonMaxSuppression",
  attributes: { center_point_box: int(0) },
  inputs: [2, 5],
  infer: () => [{ dtype: "int64", shape: ["selected", 3] }],
});
