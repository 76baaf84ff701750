import { int } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** Equal parts are asked for by their number. */
export const splitCount = defineChange({
  since: { Split: 18 },
  rewrite: (node) => [
    node.inputs[1] ? node : { ...node, attributes: { ...node.attributes, num_outputs: int(node.outputs.length) } },
  ],
});
