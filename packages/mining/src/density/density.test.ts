import { describe, expect, it } from "vitest";
import { clusterRecords } from "../testing/cluster-records.ts";
import { pointsOf, worst } from "../testing/golden.ts";
import { dbscan } from "./dbscan.ts";
import { hdbscan } from "./hdbscan.ts";

const line = (...values: number[]) => ({ values: Float64Array.from(values), features: 1 });

describe("dbscan", () => {
  it.each(clusterRecords())(
    "labels %s as scikit-learn does",
    async (_, { points, dbscan: { labels, cores, ...options } }) => {
      const found = await dbscan(pointsOf(points), options);
      expect([...found.labels]).toEqual(labels);
      expect([...found.cores.keys()].filter((row) => found.cores[row])).toEqual(cores);
      expect(found.clusters).toBe(Math.max(...labels) + 1);
    },
  );

  it("gives a border point to the first of two clusters that reach it", async () => {
    const { labels } = await dbscan(line(0, 0.5, 1, 2, 3, 3.5, 4, 9), { radius: 1, minPoints: 4 });
    expect([...labels]).toEqual([0, 0, 0, 0, 1, 1, 1, -1]);
  });

  it("refuses a radius of 0 and a NaN", async () => {
    await expect(dbscan(line(1), { radius: 0 })).rejects.toMatchObject({ code: "mining/option" });
    await expect(dbscan(line(Number.NaN), { radius: 1 })).rejects.toMatchObject({ code: "mining/points" });
  });
});

describe("hdbscan", () => {
  it.each(clusterRecords())("labels %s as scikit-learn does", async (_, { points, hdbscan: records }) => {
    for (const { options, labels, memberships } of records) {
      const found = await hdbscan(pointsOf(points), options);
      expect([...found.labels], JSON.stringify(options)).toEqual(labels);
      // The record has eight digits.
      expect(worst(found.memberships, memberships)).toBeLessThan(1e-7);
    }
  });

  it("finds piles of equal points", async () => {
    const { labels } = await hdbscan(line(1, 1, 1, 5, 5, 5, 5, 20), { minClusterSize: 3 });
    expect([...labels]).toEqual([0, 0, 0, 1, 1, 1, 1, -1]);
  });

  it("stops when it is told to", async () => {
    const points = { values: Float64Array.from({ length: 6000 }, (_, i) => Math.sin(i * i)), features: 2 };
    await expect(hdbscan(points, { signal: AbortSignal.timeout(5) })).rejects.toMatchObject({ name: "TimeoutError" });
  });
});
