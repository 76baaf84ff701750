import { defineOp } from "../define-op.ts";
import { realGradient } from "../rules/real-gradient.ts";
import { convAttributes, convShape } from "../windows/conv-shape.ts";

export const convInteger = defineOp({
  name: "ConvInteger",
  attributes: convAttributes,
  inputs: [2, 4],
  isQuantized: true,
  infer: ({ inputs: [x, w], attributes }) => [{ dtype: "int32", shape: convShape("ConvInteger", x!, w!, attributes) }],
  gradient: (context) => realGradient(context, (x, w) => context.g.op("Conv", [x, w], context.attributes)),
});
