import { real } from "@athanor/core";
import { defineAugmentation } from "../define-augmentation.ts";

const attempts = 10;

/**
 * Fills a random rectangle with noise, with a probability.
 *
 * @see Zhong et al. 2017, "Random erasing data augmentation", https://arxiv.org/abs/1708.04896
 */
export const erasing = defineAugmentation({
  name: "erasing",
  options: {
    probability: real(0.5, "how often", { min: 0, max: 1 }),
    minArea: real(0.02, "least share of the area", { min: 0, max: 1 }),
    maxArea: real(0.33, "largest share of the area", { min: 0, max: 1 }),
    maxRatio: real(3.3, "most that one side is longer than the other", { min: 1 }),
  },
  apply(picture, { probability, minArea, maxArea, maxRatio }, random) {
    if (random.uniform() >= probability) return picture;
    const { channels, height, width, data } = picture;
    for (let i = 0; i < attempts; i++) {
      const area = (minArea + (maxArea - minArea) * random.uniform()) * height * width;
      const ratio = maxRatio ** (2 * random.uniform() - 1);
      const [h, w] = [Math.round(Math.sqrt(area * ratio)), Math.round(Math.sqrt(area / ratio))];
      if (h < 1 || w < 1 || h > height || w > width) continue;
      const [top, left] = [random.integer(height - h + 1), random.integer(width - w + 1)];
      const made = Uint8Array.from(data);
      for (let c = 0; c < channels; c++)
        for (let y = top; y < top + h; y++)
          for (let x = left; x < left + w; x++) made[(c * height + y) * width + x] = random.integer(256);
      return { channels, height, width, data: made };
    }
    return picture;
  },
});
