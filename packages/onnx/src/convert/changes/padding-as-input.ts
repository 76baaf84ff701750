import { storedFloat, storedInts, withInputs, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** The padding and its value became inputs. */
export const paddingAsInput = defineChange({
  since: { Pad: 11 },
  rewrite: (node, context) => [
    withInputs(without(node, "pads", "value"), [
      node.inputs[0],
      storedInts(node, "pads", context),
      storedFloat(node, "value", context),
    ]),
  ],
});
