import { real } from "@athanor/core";
import { defineAugmentation } from "../define-augmentation.ts";
import { brighten, contrast, saturate } from "../picture/tones.ts";

/** Changes brightness, contrast and saturation, in random order, each by a factor up to so much above or below 1. */
export const colour = defineAugmentation({
  name: "colour",
  options: {
    brightness: real(0.2, "most that brightness changes", { min: 0, max: 1 }),
    contrast: real(0.2, "most that contrast changes", { min: 0, max: 1 }),
    saturation: real(0.2, "most that saturation changes", { min: 0, max: 1 }),
  },
  apply(picture, options, random) {
    const changes = [
      [brighten, options.brightness],
      [contrast, options.contrast],
      [saturate, options.saturation],
    ] as const;
    return random
      .shuffle([...changes])
      .reduce((changed, [change, most]) => change(changed, 1 + most * (2 * random.uniform() - 1)), picture);
  },
});
