import { defineOp } from "../define-op.ts";
import { inferWindow, windowSpec } from "../rules/window-function.ts";

export const hannWindow = defineOp({
  name: "HannWindow",
  attributes: windowSpec,
  inputs: [1, 1],
  infer: inferWindow,
});
