import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { augment } from "../picture/augment.ts";
import { checkAugmentation } from "../testing/check-augmentation.ts";
import { randomCrop } from "./random-crop.ts";

checkAugmentation(randomCrop({ padding: 2 }));

const line = { channels: 1, height: 1, width: 3, data: Uint8Array.of(1, 2, 3) };
const crops = (border: "zeros" | "mirror") =>
  new Set(
    Array.from({ length: 60 }, (_, seed) =>
      augment(line, [randomCrop({ padding: 1, border })], Random.from(seed)).data.join(""),
    ),
  );

it("moves the picture within a black border, or one that mirrors it", () => {
  expect([...crops("zeros")].sort()).toEqual(["000", "012", "123", "230"]);
  expect([...crops("mirror")].sort()).toEqual(["123", "212", "232"]);
});
