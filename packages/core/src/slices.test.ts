import { expect, it } from "vitest";
import { atOnce, inSlices } from "./slices.ts";

function* sum(count: number) {
  let total = 0;
  for (let i = 1; i <= count; i++) {
    total += i;
    yield;
  }
  return total;
}

it("does the same at once and in slices", async () => {
  expect(atOnce(sum(10))).toBe(55);
  expect(await inSlices(sum(10))).toBe(55);
});

it("lets timers run between slices, and stops when one of them aborts", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1);
  const endless = sum(Number.POSITIVE_INFINITY);
  await expect(inSlices(endless, controller.signal)).rejects.toMatchObject({ name: "AbortError" });
});
