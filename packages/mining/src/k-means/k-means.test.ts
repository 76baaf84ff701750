import { Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { silhouette } from "../silhouette.ts";
import { standardise } from "../standardise.ts";
import { kMeans } from "./k-means.ts";

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

  // points, features, clusters, and what scikit-learn's KMeans finds from the same first centroids with tol=0
  it.each([
    { count: 200, features: 3, clusters: 6, inertia: 27.406284854292192, sizes: [47, 45, 20, 24, 22, 42] },
    { count: 120, features: 24, clusters: 5, inertia: 1051.944108241305, sizes: [25, 30, 21, 6, 38] },
  ])("ends where scikit-learn does, with $features features", async ({ count, features, clusters, inertia, sizes }) => {
    const at = (i: number, j: number) => Math.sin(i * (j + 1) * 0.7 + j);
    const values = Float64Array.from({ length: count * features }, (_, n) =>
      at(Math.floor(n / features), n % features),
    );
    const initial = values.slice(0, clusters * features);
    const found = await kMeans({ values, features }, { clusters, seed: 0, initial });
    expect(found.inertia).toBeCloseTo(inertia, 8);
    expect(sizes.map((_, cluster) => found.labels.filter((label) => label === cluster).length)).toEqual(sizes);
  });

  it("refuses first centroids of another size", async () => {
    const initial = Float64Array.of(1);
    await expect(kMeans(clouds(5), { clusters: 2, seed: 1, initial })).rejects.toMatchObject({
      code: "mining/initial",
    });
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
