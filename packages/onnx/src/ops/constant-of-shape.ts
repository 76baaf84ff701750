import { defineOp, optional } from "../define-op.ts";
import { namedLengths } from "../shapes.ts";

export const constantOfShape = defineOp({
  name: "ConstantOfShape",
  attributes: { value: optional.tensor },
  inputs: [1, 1],
  infer: ({ attributes: { value }, lengths }) => [
    { dtype: value?.dtype ?? "float32", shape: namedLengths("filled", lengths(0)) },
  ],
});
