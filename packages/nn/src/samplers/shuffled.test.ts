import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { shuffled } from "./shuffled.ts";

it("gives each row once, in the same order for the same stream", () => {
  const [a, b] = [shuffled().order(50, Random.from(1)), shuffled().order(50, Random.from(1))];
  expect(a).toEqual(b);
  expect(a).not.toEqual(shuffled().order(50, Random.from(2)));
  expect(a.toSorted()).toEqual(Uint32Array.from({ length: 50 }, (_, i) => i));
});
