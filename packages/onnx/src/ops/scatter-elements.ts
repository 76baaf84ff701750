import { defineOp, int, string } from "../define-op.ts";
import { scatterGradient } from "../rules/scatter-gradient.ts";

export const scatterElements = defineOp({
  name: "ScatterElements",
  attributes: { axis: int(0), reduction: string<"none" | "add" | "mul" | "max" | "min">("none") },
  inputs: [3, 3],
  infer: ({ inputs: [x] }) => [x!],
  gradient(context) {
    const { g, inputs, attributes } = context;
    const { axis } = attributes;
    return scatterGradient(context, {
      reduction: attributes.reduction,
      gather: (value) => g.op("GatherElements", [value, inputs[1]], { axis }),
      scatter: (target, updates, reduction) =>
        g.op("ScatterElements", [target, inputs[1], updates], { axis, reduction }),
    });
  },
});
