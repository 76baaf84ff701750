import { oneOf, real } from "@athanor/core";
import { defineAugmentation } from "../define-augmentation.ts";
import { eachPlane } from "../picture/picture.ts";

/** Mirrors a picture with a probability. */
export const flip = defineAugmentation({
  name: "flip",
  options: {
    probability: real(0.5, "how often", { min: 0, max: 1 }),
    direction: oneOf("sideways", "left and right change places, or top and bottom", ["sideways", "upside-down"]),
  },
  apply(picture, { probability, direction }, random) {
    if (random.uniform() >= probability) return picture;
    const { height, width } = picture;
    return eachPlane(picture, (plane, made) => {
      for (let y = 0; y < height; y++) {
        const line = plane.subarray(y * width, (y + 1) * width);
        if (direction === "upside-down") made.set(line, (height - 1 - y) * width);
        else for (let x = 0; x < width; x++) made[y * width + x] = line[width - 1 - x]!;
      }
    });
  },
});
