import { storedInts, withInputs, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** The sizes of the parts became an input. */
export const splitSizesAsInput = defineChange({
  since: { Split: 13 },
  rewrite: (node, context) => [
    withInputs(without(node, "split"), [node.inputs[0], storedInts(node, "split", context)]),
  ],
});
