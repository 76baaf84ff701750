import { storedInts, withInputs, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** The bounds and axes became inputs. */
export const sliceBoundsAsInput = defineChange({
  since: { Slice: 10 },
  rewrite: (node, context) => [
    withInputs(without(node, "starts", "ends", "axes"), [
      node.inputs[0],
      storedInts(node, "starts", context),
      storedInts(node, "ends", context),
      storedInts(node, "axes", context),
    ]),
  ],
});
