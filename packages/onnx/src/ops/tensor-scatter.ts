import { defineOp, int, string } from "../define-op.ts";

export const tensorScatter = defineOp({
  name: "TensorScatter",
  since: 24,
  attributes: { axis: int(-2), mode: string<"linear" | "circular">("linear") },
  inputs: [2, 3],
  infer: ({ inputs: [cache] }) => [cache!],
});
