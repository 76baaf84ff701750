import { expect, it } from "vitest";
import { peakMemoryBytes } from "./peak-memory.ts";

it("is at least what the process holds now", () => {
  expect(peakMemoryBytes()).toBeGreaterThanOrEqual(0.9 * process.memoryUsage.rss());
});
