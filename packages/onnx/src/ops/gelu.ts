import { defineOp, string } from "../define-op.ts";
import { geluSlope, tanhGeluSlope } from "../rules/gelu-slope.ts";

export const gelu = defineOp({
  name: "Gelu",
  attributes: { approximate: string<"none" | "tanh">("none") },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  gradient: ({ g, inputs: [x], upstream: [dy], attributes: { approximate } }) => [
    g.mul(dy!, approximate === "none" ? geluSlope(g, x!) : tanhGeluSlope(g, x!)),
  ],
});
