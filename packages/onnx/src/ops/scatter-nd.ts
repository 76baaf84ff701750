import { AthanorError } from "@athanor/core";
import { defineOp, string } from "../define-op.ts";

export const scatterND = defineOp({
  name: "ScatterND",
  attributes: { reduction: string<"none" | "add" | "mul" | "max" | "min">("none") },
  inputs: [3, 3],
  infer: ({ inputs: [x] }) => [x!],
  gradient({ g, inputs: [, indices], upstream: [dy], attributes: { reduction }, wants }) {
    if (reduction !== "add")
      throw new AthanorError("onnx/no-gradient", `ScatterND: expected reduction add for a gradient, got ${reduction}`);
    return [wants(0) ? dy : undefined, undefined, wants(2) ? g.op("GatherND", [dy, indices]) : undefined];
  },
});
