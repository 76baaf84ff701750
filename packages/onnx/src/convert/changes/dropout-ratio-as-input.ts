import { storedFloat, withInputs, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** The ratio became an input; without one that says so, dropout passes its input on as before. */
export const dropoutRatioAsInput = defineChange({
  since: { Dropout: 12 },
  rewrite: (node, context) => [
    withInputs(without(node, "ratio"), [node.inputs[0], storedFloat(node, "ratio", context)]),
  ],
});
