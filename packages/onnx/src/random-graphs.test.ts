import { describe, expect, it } from "vitest";
import { checkRandomGraph } from "./testing/check-random-graph.ts";

/** Graphs to draw; a long run sets many. */
const count = Number(process.env.ATHANOR_RANDOM_GRAPHS ?? 48);
const first = Number(process.env.ATHANOR_RANDOM_SEED ?? 0);

describe("gradient", () => {
  it(
    `is that of central differences on ${count} random graphs`,
    async () => {
      const failures: string[] = [];
      let corners = 0;
      for (let seed = first; seed < first + count; seed++) {
        try {
          if ((await checkRandomGraph(seed)) === "corner") corners++;
        } catch (error) {
          failures.push((error as Error).message);
        }
      }
      expect(failures).toEqual([]);
      // A corner tells nothing: were there many, the graphs would prove little.
      expect(corners).toBeLessThanOrEqual(count / 20 + 2);
    },
    Math.max(60_000, count * 1000),
  );
});
