import { defineOp, string } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const bitShift = defineOp({
  name: "BitShift",
  attributes: { direction: string<"LEFT" | "RIGHT">("LEFT") },
  inputs: [2, 2],
  infer: ({ inputs: [x, by] }) => [{ dtype: x!.dtype, shape: broadcastShapes("BitShift", x!, by!) }],
});
