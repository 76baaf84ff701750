import { defineOp } from "../define-op.ts";
import { inferWindow, windowSpec } from "../rules/window-function.ts";

export const blackmanWindow = defineOp({
  name: "BlackmanWindow",
  attributes: windowSpec,
  inputs: [1, 1],
  infer: inferWindow,
});
