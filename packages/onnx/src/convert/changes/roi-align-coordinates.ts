import { text } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** Coordinates are shifted by half a pixel unless told otherwise; before, they never were. */
export const roiAlignCoordinates = defineChange({
  since: { RoiAlign: 16 },
  rewrite: (node) => [
    {
      ...node,
      attributes: { ...node.attributes, coordinate_transformation_mode: text("output_half_pixel") },
    },
  ],
});
