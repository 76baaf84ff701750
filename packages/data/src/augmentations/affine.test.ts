import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { augment } from "../picture/augment.ts";
import { warp } from "../picture/warp.ts";
import { checkAugmentation, noise } from "../testing/check-augmentation.ts";
import { affine } from "./affine.ts";

checkAugmentation(affine({ shear: 5 }));

it("leaves a picture alone where nothing may change", () => {
  const picture = noise(3, 5, 4);
  expect(augment(picture, [affine({ degrees: 0, translate: 0, scale: 0 })], Random.from(1))).toEqual(picture);
});

it("turns a square by a quarter pixel for pixel", () => {
  const picture = { channels: 1, height: 2, width: 2, data: Uint8Array.of(10, 20, 30, 40) };
  const turned = warp(picture, { a: 0, b: 1, c: -1, d: 0, dx: 0, dy: 0 });
  expect([...turned.data]).toEqual([30, 10, 40, 20]);
});
