import { describe, expect, it } from "vitest";
import { checkRandomGraph } from "./testing/check-random-graph.ts";

/** Graphs to draw; a long run sets many, and the seed of the first. */
const count = Number(process.env.ATHANOR_RANDOM_GRAPHS ?? 32);
const first = Number(process.env.ATHANOR_RANDOM_SEED ?? 0);

describe.each([
  { order: 1, title: "gradient", graphs: count },
  { order: 2, title: "the gradient of a gradient", graphs: Math.ceil(count / 4) },
] as const)("$title", ({ order, graphs }) => {
  it(
    `is that of central differences on ${graphs} random graphs`,
    async () => {
      const failures: string[] = [];
      let corners = 0;
      for (let seed = first; seed < first + graphs; seed++) {
        try {
          if ((await checkRandomGraph(seed, order)) === "corner") corners++;
        } catch (error) {
          failures.push((error as Error).message);
        }
      }
      expect(failures).toEqual([]);
      // A corner tells nothing: were there many, the graphs would prove little.
      expect(corners).toBeLessThanOrEqual(graphs / 20 + 2);
    },
    Math.max(120_000, graphs * 1000),
  );
});
