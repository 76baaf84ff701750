import { defineOp, string } from "../define-op.ts";
import { scatterGradient } from "../rules/scatter-gradient.ts";

export const scatterND = defineOp({
  name: "ScatterND",
  attributes: { reduction: string<"none" | "add" | "mul" | "max" | "min">("none") },
  inputs: [3, 3],
  infer: ({ inputs: [x] }) => [x!],
  gradient(context) {
    const { g, inputs, attributes } = context;
    return scatterGradient(context, {
      reduction: attributes.reduction,
      gather: (value) => g.op("GatherND", [value, inputs[1]]),
      scatter: (target, updates, reduction) => g.op("ScatterND", [target, inputs[1], updates], { reduction }),
    });
  },
});
