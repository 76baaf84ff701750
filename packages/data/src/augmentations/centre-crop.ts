import { integer, real, required } from "@athanor/core";
import { defineAugmentation } from "../define-augmentation.ts";
import { resizePart } from "../picture/resize-part.ts";

/** The largest square around the middle, or a share of its side, brought to a size; without chance, for evaluation. */
export const centreCrop = defineAugmentation({
  name: "centreCrop",
  options: {
    size: integer(required, "side of the picture that comes out", { min: 1 }),
    share: real(1, "share of the shorter side", { min: 0.01, max: 1 }),
  },
  apply(picture, { size, share }) {
    const { height, width } = picture;
    const side = Math.max(1, Math.round(share * Math.min(height, width)));
    const part = { top: (height - side) >> 1, left: (width - side) >> 1, height: side, width: side };
    return side === size && height === size && width === size ? picture : resizePart(picture, part, size, size);
  },
});
