import { integersOf } from "../constant-tensor.ts";
import { defineOp, optional } from "../define-op.ts";
import { openShape } from "../shapes.ts";

export const constantOfShape = defineOp({
  name: "ConstantOfShape",
  attributes: { value: optional.tensor },
  inputs: [1, 1],
  infer({ inputs: [to], attributes: { value }, constant }) {
    const lengths = constant(0);
    return [{ dtype: value?.dtype ?? "float32", shape: lengths ? integersOf(lengths) : openShape("filled", to!) }];
  },
});
