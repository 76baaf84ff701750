import { integer, real, required } from "@athanor/core";
import { defineAugmentation } from "../define-augmentation.ts";
import { type Part, resizePart } from "../picture/resize-part.ts";

const attempts = 10;

/** Cuts out a random part, by area and by ratio of its sides, and brings it to a size. */
export const randomResizedCrop = defineAugmentation({
  name: "randomResizedCrop",
  options: {
    size: integer(required, "side of the picture that comes out", { min: 1 }),
    minArea: real(0.08, "least share of the picture's area", { min: 0.01, max: 1 }),
    maxRatio: real(4 / 3, "most that one side is longer than the other", { min: 1 }),
  },
  apply(picture, { size, minArea, maxRatio }, random) {
    const { height, width } = picture;
    let part: Part | undefined;
    for (let i = 0; i < attempts && part === undefined; i++) {
      const area = (minArea + (1 - minArea) * random.uniform()) * height * width;
      const ratio = maxRatio ** (2 * random.uniform() - 1);
      const [w, h] = [Math.round(Math.sqrt(area * ratio)), Math.round(Math.sqrt(area / ratio))];
      if (w < 1 || h < 1 || w > width || h > height) continue;
      part = { top: random.integer(height - h + 1), left: random.integer(width - w + 1), height: h, width: w };
    }
    return resizePart(picture, part ?? { top: 0, left: 0, height, width }, size, size);
  },
});
