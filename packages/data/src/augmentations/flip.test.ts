import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { augment } from "../picture/augment.ts";
import { checkAugmentation } from "../testing/check-augmentation.ts";
import { flip } from "./flip.ts";

checkAugmentation(flip({}));

it.each([
  ["sideways", [2, 1, 4, 3]],
  ["upside-down", [3, 4, 1, 2]],
] as const)("mirrors a picture %s", (direction, expected) => {
  const picture = { channels: 1, height: 2, width: 2, data: Uint8Array.of(1, 2, 3, 4) };
  expect([...augment(picture, [flip({ probability: 1, direction })], Random.from(1)).data]).toEqual(expected);
});
