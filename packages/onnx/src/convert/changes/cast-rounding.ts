import { without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** How casts to eight-bit exponents round, which no other cast reads. */
export const castRounding = defineChange({
  since: { Cast: 24, CastLike: 24 },
  isNewer: true,
  rewrite: (node) => [without(node, "round_mode")],
});
