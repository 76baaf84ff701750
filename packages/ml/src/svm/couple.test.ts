import { expect, it } from "vitest";
import { classPairs, coupled } from "./couple.ts";

it("gives back probabilities that pairs agree on", () => {
  const p = [0.5, 0.3, 0.15, 0.05];
  const pairwise = classPairs(4).map(([a, b]) => p[a]! / (p[a]! + p[b]!));
  // Within the tolerance at which the iteration stops.
  for (const [k, value] of coupled(pairwise, 4).entries()) expect(Math.abs(value - p[k]!)).toBeLessThan(5e-3);
});
