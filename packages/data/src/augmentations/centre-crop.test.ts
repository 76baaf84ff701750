import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { augment } from "../picture/augment.ts";
import { checkAugmentation } from "../testing/check-augmentation.ts";
import { centreCrop } from "./centre-crop.ts";

checkAugmentation(centreCrop({ size: 5 }), { isRandom: false });

it("keeps the middle, and means of it where it gets smaller", () => {
  const picture = { channels: 1, height: 2, width: 4, data: Uint8Array.of(0, 10, 20, 0, 0, 30, 40, 0) };
  expect(augment(picture, [centreCrop({ size: 2 })], Random.from(1)).data).toEqual(Uint8Array.of(10, 20, 30, 40));
  expect(augment(picture, [centreCrop({ size: 1 })], Random.from(1)).data).toEqual(Uint8Array.of(25));
});
