import { defineOp } from "../define-op.ts";
import { convAttributes, convShape } from "../windows/conv-shape.ts";

export const convInteger = defineOp({
  name: "ConvInteger",
  attributes: convAttributes,
  inputs: [2, 4],
  infer: ({ inputs: [x, w], attributes }) => [{ dtype: "int32", shape: convShape("ConvInteger", x!, w!, attributes) }],
});
