import { storedFloat, withInputs, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** The bounds became inputs. */
export const clipBoundsAsInput = defineChange({
  since: { Clip: 11 },
  rewrite: (node, context) => [
    withInputs(without(node, "min", "max"), [
      node.inputs[0],
      storedFloat(node, "min", context),
      storedFloat(node, "max", context),
    ]),
  ],
});
