import { describe, expect, it } from "vitest";
import { golden, pointsOf, worst } from "../testing/golden.ts";
import { isolationForest } from "./isolation-forest.ts";
import { localOutlierFactor } from "./local-outlier-factor.ts";
import { robustZ } from "./robust-z.ts";

interface AnomalyRecord {
  readonly points: readonly (readonly number[])[];
  readonly rare: readonly number[];
  readonly isolationForest: { readonly scores: readonly number[]; readonly auc: number };
  readonly localOutlierFactor: readonly { readonly neighbours: number; readonly factors: readonly number[] }[];
  readonly robust: readonly { readonly median: number; readonly deviation: number }[];
}
const records = Object.entries(
  golden<{ readonly records: Readonly<Record<string, AnomalyRecord>> }>("anomalies").records,
);

/** Scores of a forest of 100 trees lie within some hundredths of their mean over many forests. */
const forestNoise = 0.04;
/** And the order of rare rows among the others with them. */
const aucNoise = 0.03;

/** The share of pairs of a rare and a usual row in which the rare one scores higher. */
function areaUnderCurve(scores: Float64Array, rare: readonly number[]): number {
  let [won, pairs] = [0, 0];
  for (const [i, isRare] of rare.entries())
    for (const [j, isOther] of rare.entries())
      if (isRare && !isOther) {
        pairs++;
        won += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
      }
  return won / pairs;
}

describe("isolationForest", () => {
  it.each(records)("scores %s as scikit-learn's forests do", async (_, { points, rare, isolationForest: expected }) => {
    const scores = await isolationForest(pointsOf(points), { seed: 3 });
    expect(worst(scores, expected.scores)).toBeLessThan(forestNoise);
    expect(areaUnderCurve(scores, rare)).toBeGreaterThan(expected.auc - aucNoise);
  });

  it("repeats itself for a seed, and gives equal points equal scores", async () => {
    const points = { values: new Float64Array(20).fill(4), features: 2 };
    const scores = await isolationForest(points, { seed: 1, trees: 5 });
    expect(new Set(scores).size).toBe(1);
    expect(await isolationForest(points, { seed: 1, trees: 5 })).toEqual(scores);
  });

  it("refuses no trees", async () => {
    const points = { values: new Float64Array(20), features: 2 };
    await expect(isolationForest(points, { seed: 1, trees: 0 })).rejects.toMatchObject({ code: "mining/option" });
  });
});

describe("localOutlierFactor", () => {
  it.each(records)("of %s is scikit-learn's", async (_, { points, localOutlierFactor: expected }) => {
    // The record has ten digits.
    for (const { neighbours, factors } of expected)
      expect(worst(await localOutlierFactor(pointsOf(points), { neighbours }), factors)).toBeLessThan(1e-8);
  });

  it("compares with as many as there are", async () => {
    const points = { values: Float64Array.of(0, 1, 2, 30), features: 1 };
    expect(await localOutlierFactor(points)).toEqual(await localOutlierFactor(points, { neighbours: 3 }));
    await expect(localOutlierFactor(points, { neighbours: 0 })).rejects.toMatchObject({ code: "mining/option" });
  });
});

describe("robustZ", () => {
  it.each(records)("scales the columns of %s as SciPy does", (_, { points, robust }) => {
    for (const [j, { median, deviation }] of robust.entries()) {
      const found = robustZ(Float64Array.from(points, (row) => row[j]!));
      expect(found.median).toBeCloseTo(median, 12);
      expect(found.deviation).toBeCloseTo(deviation, 12);
    }
  });

  it("sees the one that differs among equals, and leaves missing values missing", () => {
    const { z, deviation } = robustZ(Float64Array.of(5, 5, 5, 5, Number.NaN, 9));
    expect(deviation).toBeCloseTo(1.2533141373155 * 0.8, 12);
    expect(z[5]).toBeGreaterThan(3.5);
    expect(z[4]).toBeNaN();
    expect([...robustZ(Float64Array.of(2, 2)).z]).toEqual([0, 0]);
  });
});
