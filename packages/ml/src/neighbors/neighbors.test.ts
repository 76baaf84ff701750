import { describe, expect, it } from "vitest";
import { kNeighborsClassifier } from "../estimators/k-neighbors-classifier.ts";
import { kNeighborsRegressor } from "../estimators/k-neighbors-regressor.ts";
import { matrixFrom } from "../matrix.ts";
import { golden } from "../testing/check-golden.ts";
import type { NeighborMetric } from "./distance.ts";
import { searchHnsw } from "./hnsw.ts";
import { indexSamples, nearest } from "./nearest.ts";

interface Recorded {
  readonly records: readonly {
    readonly kind: "classifier" | "regressor";
    readonly set: string;
    readonly metric: NeighborMetric;
    readonly weights: "uniform" | "distance";
    readonly distances: readonly number[];
    readonly values: readonly number[];
  }[];
}

/** Recorded values have nine digits; a cosine's distance is one less a number near one. */
const tolerance = 1e-7;

describe("neighbours beside scikit-learn", () => {
  const { data } = golden<{
    readonly data: Record<string, { readonly x: number[][]; readonly y: number[]; readonly testX: number[][] }>;
  }>("classical");
  it.each(golden<Recorded>("neighbors").records)(
    "$kind of $set by $metric distance, $weights",
    async ({ kind, set, metric, weights, distances, values }) => {
      const { x, y, testX } = data[set]!;
      const [samples, unseen] = [matrixFrom(x), matrixFrom(testX)];
      const options = { nNeighbors: 6, metric, weights };
      const found =
        kind === "classifier"
          ? (await kNeighborsClassifier(options).fit(samples, y.map(String))).predictProbabilities(unseen)
          : (await kNeighborsRegressor(options).fit(samples, y)).predict(unseen);
      const near = nearest(unseen, indexSamples(samples, metric), 6).distances;
      for (const [i, value] of distances.entries()) expect(Math.abs(near[i]! - value)).toBeLessThan(tolerance);
      for (const [i, value] of values.entries())
        expect(Math.abs(found[i]! - value)).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
    },
  );
});

it("finds as many as asked where links reach too few", async () => {
  const x = matrixFrom([[1], [1], [1], [1], [1], [2]]);
  const index = indexSamples(x);
  const graph = { m: 2, entry: 0, starts: Int32Array.of(0, 4, 8, 12, 16, 20, 24), links: new Int32Array(24).fill(-1) };
  expect([...searchHnsw(matrixFrom([[2]]), index, graph, 3, 10).rows]).toEqual([5, 0, 1]);
});
