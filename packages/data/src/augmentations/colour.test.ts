import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { augment } from "../picture/augment.ts";
import { checkAugmentation, noise } from "../testing/check-augmentation.ts";
import { colour } from "./colour.ts";

checkAugmentation(colour({}));

it("leaves a picture alone where nothing may change, and never turns bright into dark", () => {
  const picture = noise(3, 4, 4);
  const none = colour({ brightness: 0, contrast: 0, saturation: 0 });
  expect(augment(picture, [none], Random.from(1))).toEqual(picture);
  const white = { channels: 1, height: 1, width: 2, data: Uint8Array.of(255, 250) };
  for (let seed = 0; seed < 20; seed++)
    expect(augment(white, [colour({ brightness: 0.1 })], Random.from(seed)).data[0]).toBeGreaterThan(200);
});
