import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sequentialPatterns } from "./sequential-patterns.ts";

/** How many sequences have each subsequence, by listing all of them. */
function bruteForce(sequences: readonly (readonly string[])[], least: number, maxLength: number): string[] {
  const counts = new Map<string, number>();
  for (const sequence of sequences) {
    const own = new Set<string>();
    for (let subset = 1; subset < 2 ** sequence.length; subset++) {
      const items = sequence.filter((_, i) => subset & (1 << i));
      if (items.length <= maxLength) own.add(items.join());
    }
    for (const pattern of own) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= least).map(([items, count]) => `${items}: ${count}`);
}

describe("sequentialPatterns", () => {
  it("finds what listing every subsequence finds", async () => {
    const sequences = fc.array(fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 8 }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        sequences,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 8 }),
        async (lists, least, maxLength) => {
          const found = await sequentialPatterns(lists, { minSupport: least, maxLength });
          expect(found.map(({ items, count }) => `${items}: ${count}`).sort()).toEqual(
            bruteForce(lists, least, maxLength).sort(),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it("takes a share of the sequences, and sees order", async () => {
    const found = await sequentialPatterns(
      [
        ["tea", "cup"],
        ["tea", "ink", "cup"],
        ["cup", "tea"],
      ],
      { minSupport: 0.6 },
    );
    expect(found.find(({ items }) => items.join() === "tea,cup")?.count).toBe(2);
    expect(found.find(({ items }) => items.join() === "cup,tea")).toBeUndefined();
  });

  it("refuses a support of nothing", async () => {
    await expect(sequentialPatterns([["a"]], { minSupport: 0 })).rejects.toMatchObject({ code: "mining/support" });
  });
});
