import { defineOp, int } from "../define-op.ts";
import { axisOf } from "../shapes.ts";

export const argMin = defineOp({
  name: "ArgMin",
  attributes: { axis: int(0), keepdims: int(1), select_last_index: int(0) },
  inputs: [1, 1],
  infer({ inputs: [x], attributes: { axis, keepdims } }) {
    if (x!.shape === undefined) return [{ dtype: "int64", shape: undefined }];
    const at = axisOf("ArgMin", axis, x!);
    return [{ dtype: "int64", shape: keepdims === 1 ? x!.shape.with(at, 1) : x!.shape.toSpliced(at, 1) }];
  },
});
