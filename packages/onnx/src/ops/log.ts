import { defineOp } from "../define-op.ts";

export const log = defineOp({
  name: "Log",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy / x
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [g.div(dy!, x!)],
});
