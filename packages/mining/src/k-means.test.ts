import { Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { kMeans, silhouette, standardise } from "./k-means.ts";

/** Round clouds around the corners of a square. */
function clouds(perCloud: number) {
  const random = Random.from(2);
  const values = Float64Array.from(
    { length: 4 * perCloud * 2 },
    (_, i) => 10 * ((Math.floor(i / (2 * perCloud)) >> (i % 2)) & 1) + random.normal(),
  );
  return { values, features: 2 };
}

describe("kMeans", () => {
  it("finds clouds, the same ones for the same seed", async () => {
    const points = clouds(50);
    const found = await kMeans(points, { clusters: 4, seed: 1 });
    for (let cloud = 0; cloud < 4; cloud++)
      expect(new Set(found.labels.subarray(cloud * 50, (cloud + 1) * 50)).size).toBe(1);
    expect(new Set(found.labels).size).toBe(4);
    expect(await kMeans(points, { clusters: 4, seed: 1 })).toEqual(found);
  });

  it("fits the number of clouds best by silhouette", async () => {
    const points = clouds(40);
    const scores = await Promise.all(
      [2, 3, 4, 5, 6].map(async (clusters) =>
        silhouette(points, (await kMeans(points, { clusters, seed: 3 })).labels, 3),
      ),
    );
    expect(scores.indexOf(Math.max(...scores))).toBe(2);
  });

  it("copes with equal points", async () => {
    const { inertia } = await kMeans({ values: new Float64Array(20).fill(3), features: 2 }, { clusters: 3, seed: 1 });
    expect(inertia).toBe(0);
  });

  it("refuses too few points and values that are not finite", async () => {
    await expect(kMeans({ values: Float64Array.of(1), features: 1 }, { clusters: 2, seed: 1 })).rejects.toMatchObject({
      code: "mining/points",
    });
    await expect(
      kMeans({ values: Float64Array.of(1, Number.NaN), features: 1 }, { clusters: 1, seed: 1 }),
    ).rejects.toMatchObject({ code: "mining/points" });
  });
});

it("standardises to mean 0 and deviation 1, and puts the mean where a value is missing", () => {
  const { values } = standardise({ values: Float64Array.of(1, Number.NaN, 3), features: 1 });
  expect([...values]).toEqual([-1, 0, 1]);
});
