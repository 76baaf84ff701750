import { AthanorError } from "@athanor/core";
import { defineOp, int, string } from "../define-op.ts";

export const scatterElements = defineOp({
  name: "ScatterElements",
  attributes: { axis: int(0), reduction: string<"none" | "add" | "mul" | "max" | "min">("none") },
  inputs: [3, 3],
  infer: ({ inputs: [x] }) => [x!],
  gradient({ g, inputs: [, indices], upstream: [dy], attributes: { axis, reduction }, wants }) {
    if (reduction !== "none" && reduction !== "add") {
      throw new AthanorError(
        "onnx/no-gradient",
        `ScatterElements: expected reduction none or add for a gradient, got ${reduction}`,
      );
    }
    const taken = g.op("GatherElements", [dy, indices], { axis });
    const kept = () => (reduction === "add" ? dy : g.op("ScatterElements", [dy, indices, g.mul(taken, 0)], { axis }));
    return [wants(0) ? kept() : undefined, undefined, wants(2) ? taken : undefined];
  },
});
