import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { augment } from "../picture/augment.ts";
import { checkAugmentation } from "../testing/check-augmentation.ts";
import { erasing } from "./erasing.ts";

checkAugmentation(erasing({}));

it("fills a share of the picture", () => {
  const picture = { channels: 1, height: 20, width: 20, data: new Uint8Array(400) };
  for (let seed = 0; seed < 20; seed++) {
    const { data } = augment(picture, [erasing({ probability: 1, minArea: 0.1, maxArea: 0.2 })], Random.from(seed));
    const filled = data.filter((value) => value !== 0).length;
    expect(filled).toBeGreaterThan(30);
    expect(filled).toBeLessThan(95);
  }
});
