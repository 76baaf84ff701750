import { flag, integer, required } from "@athanor/core";
import { defineLayer } from "../define-layer.ts";
import { recur, recurrentParameters } from "../recurrent.ts";

/**
 * Long short-term memory over a sequence: `[batch, steps, features] → [batch, steps, hidden]`, twice as wide when it runs both
 * ways. With the extra `lengths`, int64 `[batch]`, steps after a row's end count for nothing and give zeros.
 *
 * @see Hochreiter and Schmidhuber 1997, https://doi.org/10.1162/neco.1997.9.8.1735
 */
export const lstm = defineLayer({
  name: "lstm",
  options: {
    hidden: integer(required, "size of the state", { min: 1 }),
    bothWays: flag(false, "run from the end to the start as well, and put both beside each other"),
  },
  parameters: ({ shape, options }) => recurrentParameters(shape, { ...options, gates: 4 }),
  build: ({ g, x, parameters, options, extras: { lengths } }) =>
    recur(g, "LSTM", { x, parameters, lengths, ...options }),
});
