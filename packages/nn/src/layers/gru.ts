import { flag, integer, required } from "@athanor/core";
import { defineLayer } from "../define-layer.ts";
import { recur, recurrentParameters } from "../recurrent.ts";

/**
 * Gated recurrent unit over a sequence: `[batch, steps, features] → [batch, steps, hidden]`, twice as wide when it runs both
 * ways. With the extra `lengths`, int64 `[batch]`, steps after a row's end count for nothing and give zeros.
 *
 * @see Cho et al. 2014, https://arxiv.org/abs/1406.1078; the reset gate acts after the product
 */
export const gru = defineLayer({
  name: "gru",
  options: {
    hidden: integer(required, "size of the state", { min: 1 }),
    bothWays: flag(false, "run from the end to the start as well, and put both beside each other"),
  },
  parameters: ({ shape, options }) => recurrentParameters(shape, { ...options, gates: 3 }),
  build: ({ g, x, parameters, options, extras: { lengths } }) =>
    recur(g, "GRU", { x, parameters, lengths, ...options, attributes: { linear_before_reset: 1 } }),
});
