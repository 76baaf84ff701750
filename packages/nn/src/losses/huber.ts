import { type OptionInput, real, resolveOptions } from "@athanor/core";
import type { Loss } from "../loss.ts";

const options = { delta: real(1, "error from which the loss grows evenly", { min: 0 }) };

/** Mean of e²/2 for small errors e, of δ (|e| − δ/2) for those above δ; output and target `[batch, …]` of one shape. */
export function huber(input: OptionInput<typeof options> = {}): Loss {
  const { delta } = resolveOptions("huber", options, input);
  return {
    name: "huber",
    build(g, output, target) {
      // With c = min(|e|, δ) both are c (|e| − c/2).
      const error = g.abs(g.sub(output, target));
      const cut = g.min(error, delta);
      return g.reduceMean(g.mul(cut, g.sub(error, g.mul(cut, 0.5))));
    },
  };
}
