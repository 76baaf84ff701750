import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { buildSteps, drawnFeeds, drawnSteps } from "../testing/drawn-steps.ts";
import { openModel } from "../testing/run-model.ts";
import type { Region } from "./region.ts";

type Choices = readonly (readonly [number, number, number])[];

/** The gradients with each node in the region that its place gives it, or in none. */
async function gradientsOf(choices: Choices, places: readonly number[]) {
  const { g, values, wanted } = buildSteps(choices);
  const loss = g.reduceMean(g.tanh(values.at(-1)!));
  const named = [0, 1, 2].map((region): Region => {
    const nodes = g.nodes.filter((_, i) => places[i % Math.max(1, places.length)] === region);
    return { name: `region-${region}`, nodes: nodes.map(({ name }) => name) };
  });
  const gradients = gradient(g, loss, wanted, { checkpoint: named });
  for (const [i, value] of gradients.entries()) g.output(`d${i}`, value);
  const results = await (await openModel(g.build()))(drawnFeeds);
  return Object.values(results).map(({ data }) => Array.from(data as Float32Array));
}

describe("recomputation", () => {
  it("gives the same gradients whatever the regions are, even where they interleave", async () => {
    await fc.assert(
      fc.asyncProperty(
        drawnSteps,
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1 }),
        async (choices, places) => {
          expect(await gradientsOf(choices, places)).toEqual(await gradientsOf(choices, []));
        },
      ),
      { numRuns: 40 },
    );
  });
});
