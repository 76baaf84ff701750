import { float32, Random, Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { mixup } from "./mixup.ts";

const x = new Tensor("uint8", Uint8Array.of(0, 0, 100, 200), [2, 1, 1, 2]);
const y = float32([1, 0, 0, 1], [2, 2]);

it("takes as much of another row's pixels as of its class", () => {
  const { x: mixedPixels, y: shares } = mixup({ alpha: 1 }).mix({ x, y }, Random.from(3));
  const kept = shares.data[0]!;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(1);
  expect([...shares.data]).toEqual([kept, Math.fround(1 - kept), Math.fround(1 - kept), kept]);
  const other = 1 - kept;
  for (const [i, value] of [100 * other, 200 * other, 100 * kept, 200 * kept].entries())
    expect(Math.abs(mixedPixels.data[i]! - value)).toBeLessThanOrEqual(0.51);
});

it("mixes hardly ever half and half where alpha is small", () => {
  const kept = Array.from(
    { length: 50 },
    (_, seed) => mixup({ alpha: 0.1 }).mix({ x, y }, Random.from(seed)).y.data[0]!,
  );
  expect(kept.filter((share) => share > 0.3 && share < 0.7).length).toBeLessThan(15);
});
