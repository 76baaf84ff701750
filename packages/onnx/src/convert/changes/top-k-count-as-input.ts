import { storedInts, withInputs, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** The number of elements became an input. */
export const topKCountAsInput = defineChange({
  since: { TopK: 10 },
  rewrite: (node, context) => [withInputs(without(node, "k"), [node.inputs[0], storedInts(node, "k", context)])],
});
