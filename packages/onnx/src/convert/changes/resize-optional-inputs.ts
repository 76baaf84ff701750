import { withInputs } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** Region, scales and sizes may be left out; before, an empty tensor stood for an absent one. */
export const resizeOptionalInputs = defineChange({
  since: { Resize: 13 },
  rewrite: (node, { constantOf }) => [
    withInputs(
      node,
      node.inputs.map((input) => (constantOf(input)?.size === 0 ? undefined : input)),
    ),
  ],
});
