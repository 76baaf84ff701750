import { text, withInputs } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** How coordinates are mapped became attributes; before, they were scaled from the corner and rounded down. */
export const resizeCoordinates = defineChange({
  since: { Resize: 11 },
  rewrite: (node) => [
    {
      ...withInputs(node, [node.inputs[0], undefined, node.inputs[1]]),
      attributes: {
        ...node.attributes,
        coordinate_transformation_mode: text("asymmetric"),
        nearest_mode: text("floor"),
      },
    },
  ],
});
