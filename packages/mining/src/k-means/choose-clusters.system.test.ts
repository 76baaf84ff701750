import { Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { silhouette } from "../silhouette.ts";
import { clusterRecords } from "../testing/cluster-records.ts";
import { byFirst, pointsOf } from "../testing/golden.ts";
import { chooseClusters } from "./choose-clusters.ts";
import { kMeans } from "./k-means.ts";
import { miniBatchKMeans } from "./mini-batch-k-means.ts";

/** With some starts, neither always finds the best of all. */
const startLoss = 1.01;
/** A batch of 64 leaves centroids some percent off; scikit-learn's own run does. */
const batchLoss = 1.1;

describe("clusters of real points", () => {
  it.each(clusterRecords())(
    "of %s are as tight as scikit-learn's, or tighter",
    async (_, { points, kMeans: records, miniBatch }) => {
      const cloud = pointsOf(points);
      for (const { clusters, inertia } of records)
        expect((await kMeans(cloud, { clusters, seed: 1, starts: 8 })).inertia).toBeLessThan(inertia * startLoss);
      const batches = await miniBatchKMeans(cloud, { clusters: 4, seed: 2, batchSize: 64 });
      expect(batches.inertia).toBeLessThan(miniBatch.inertia * batchLoss);
      expect(await miniBatchKMeans(cloud, { clusters: 4, seed: 2, batchSize: 64 })).toEqual(batches);
    },
  );

  it.each(clusterRecords())("of %s separate as well as scikit-learn says", (_, { points, kMeans: records }) => {
    for (const { labels, silhouette: expected } of records)
      expect(silhouette(pointsOf(points), Int32Array.from(labels), 1)).toBeCloseTo(expected, 10);
  });
});

describe("chooseClusters", () => {
  const [, { points }] = clusterRecords().find(([name]) => name === "blobs")!;
  it.each(["silhouette", "gap", "bic"] as const)("finds the four clouds by %s", async (by) => {
    const { clusters, found, tried } = await chooseClusters(pointsOf(points), { by, most: 6, seed: 4 });
    expect(clusters).toBe(4);
    expect(new Set(byFirst(found.labels)).size).toBe(4);
    expect(tried.at(-1)!.clusters).toBe(6);
  });

  it("finds one cluster by gap where there are none", async () => {
    const random = Random.from(3);
    const values = Float64Array.from({ length: 120 }, () => random.uniform());
    expect((await chooseClusters({ values, features: 2 }, { by: "gap", most: 3, seed: 1 })).clusters).toBe(1);
  });

  it("refuses a range that is empty", async () => {
    await expect(chooseClusters(pointsOf(points), { fewest: 5, most: 3, seed: 1 })).rejects.toMatchObject({
      code: "mining/range",
    });
  });
});
