import { Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import type { Augmentation } from "../define-augmentation.ts";
import { augment } from "../picture/augment.ts";
import type { Picture } from "../picture/picture.ts";

/** A picture of noise. */
export function noise(channels: number, height: number, width: number, seed = 1): Picture {
  const random = Random.from(seed);
  return {
    channels,
    height,
    width,
    data: Uint8Array.from({ length: channels * height * width }, () => random.integer(256)),
  };
}

/** Checks that an augmentation follows from its random stream, leaves its picture alone, and keeps the number of channels. */
export function checkAugmentation(augmentation: Augmentation, { isRandom = true } = {}): void {
  describe(`the augmentation ${augmentation.name}`, () => {
    it.each([1, 3])("gives the same for the same stream and leaves a picture of %i channels as it was", (channels) => {
      const picture = noise(channels, 12, 9);
      const before = Uint8Array.from(picture.data);
      const made = (seed: number) => augment(picture, [augmentation], Random.from(seed));
      const all = Array.from({ length: 20 }, (_, seed) => made(seed));
      expect(picture.data).toEqual(before);
      for (const [seed, each] of all.entries()) {
        expect(each).toEqual(made(seed));
        expect(each.channels).toBe(channels);
        expect(each.data).toHaveLength(channels * each.height * each.width);
      }
      const different = new Set(all.map(({ data }) => data.join())).size;
      if (isRandom) expect(different).toBeGreaterThan(1);
      else expect(different).toBe(1);
    });
  });
}
