import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { augment } from "../picture/augment.ts";
import { checkAugmentation, noise } from "../testing/check-augmentation.ts";
import { randAugment } from "./rand-augment.ts";

checkAugmentation(randAugment({}));

it("does all its changes without leaving the picture's values", () => {
  const grey = { channels: 1, height: 8, width: 8, data: new Uint8Array(64).fill(7) };
  for (let seed = 0; seed < 60; seed++) {
    const changed = augment(noise(3, 8, 8), [randAugment({ count: 1, strength: 1 })], Random.from(seed));
    expect(changed.data).toHaveLength(192);
    expect(augment(grey, [randAugment({ count: 2, strength: 0 })], Random.from(seed)).data).toHaveLength(64);
  }
});
