import { integer, oneOf } from "@athanor/core";
import { defineAugmentation } from "../define-augmentation.ts";

/** Adds a border and cuts the picture's own size out of it at a random place. */
export const randomCrop = defineAugmentation({
  name: "randomCrop",
  options: {
    padding: integer(4, "width of the border in pixels", { min: 1 }),
    border: oneOf("zeros", "what it is made of: black, or the picture mirrored", ["zeros", "mirror"]),
  },
  apply({ channels, height, width, data }, { padding, border }, random) {
    const top = random.integer(2 * padding + 1) - padding;
    const left = random.integer(2 * padding + 1) - padding;
    const made = new Uint8Array(data.length);
    for (let y = 0; y < height; y++) {
      const row = border === "mirror" ? mirrored(y + top, height) : y + top;
      if (row < 0 || row >= height) continue;
      for (let x = 0; x < width; x++) {
        const column = border === "mirror" ? mirrored(x + left, width) : x + left;
        if (column < 0 || column >= width) continue;
        for (let c = 0; c < channels; c++)
          made[(c * height + y) * width + x] = data[(c * height + row) * width + column]!;
      }
    }
    return { channels, height, width, data: made };
  },
});

/** A place beyond the ends, as far inside from the end that it is beyond. */
function mirrored(at: number, length: number): number {
  if (at < 0) return Math.min(length - 1, -at);
  return at < length ? at : Math.max(0, 2 * length - 2 - at);
}
