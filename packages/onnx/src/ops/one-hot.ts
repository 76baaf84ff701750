import { integersOf } from "../constant-tensor.ts";
import { defineOp, int } from "../define-op.ts";

export const oneHot = defineOp({
  name: "OneHot",
  attributes: { axis: int(-1) },
  inputs: [3, 3],
  infer({ inputs: [indices, , values], attributes: { axis }, constant }) {
    const depth = constant(1);
    const { shape } = indices!;
    if (shape === undefined || depth === undefined) return [{ dtype: values!.dtype, shape: undefined }];
    const at = axis < 0 ? axis + shape.length + 1 : axis;
    return [{ dtype: values!.dtype, shape: [...shape.slice(0, at), integersOf(depth)[0]!, ...shape.slice(at)] }];
  },
});
