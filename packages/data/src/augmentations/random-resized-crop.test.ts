import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { augment } from "../picture/augment.ts";
import { checkAugmentation, noise } from "../testing/check-augmentation.ts";
import { randomResizedCrop } from "./random-resized-crop.ts";

checkAugmentation(randomResizedCrop({ size: 6 }));

it("takes all of a picture where it must", () => {
  const picture = noise(3, 6, 6);
  expect(augment(picture, [randomResizedCrop({ size: 6, minArea: 1, maxRatio: 1 })], Random.from(1))).toEqual(picture);
});
