import { describe, expect, it } from "vitest";
import { clusterRecords } from "../testing/cluster-records.ts";
import { pointsOf, worst } from "../testing/golden.ts";
import { gaussianMixture } from "./gaussian-mixture.ts";

/** Both stop when an iteration gains less than 1e-9, from where the parameters may still move by some 1e-5. */
const nearOptimum = 2e-4;

describe("gaussianMixture", () => {
  it.each(clusterRecords())("fits %s as scikit-learn does", async (_, { points, mixtures }) => {
    for (const { components, covariance, ...expected } of mixtures) {
      const cloud = pointsOf(points);
      const initial = cloud.values.slice(0, components * cloud.features);
      const found = await gaussianMixture(cloud, {
        components,
        covariance,
        initial,
        seed: 0,
        tolerance: 1e-9,
        maxIterations: 500,
      });
      expect(found.logLikelihood).toBeCloseTo(expected.logLikelihood, 6);
      expect(worst([found.bic], [expected.bic])).toBeLessThan(1e-6);
      for (const name of ["weights", "means", "covariances"] as const)
        expect(worst(found[name], expected[name]), `${covariance} ${name}`).toBeLessThan(nearOptimum);
      expect([...found.labels]).toEqual(expected.labels);
    }
  });

  it("does not mind equal points, unless its variances are not kept from vanishing", async () => {
    const points = { values: new Float64Array(40).fill(2), features: 2 };
    expect((await gaussianMixture(points, { components: 2, seed: 1 })).means[0]).toBeCloseTo(2, 12);
    await expect(gaussianMixture(points, { components: 2, seed: 1, regularisation: 0 })).rejects.toMatchObject({
      code: "mining/covariance",
    });
  });

  it("refuses no components", async () => {
    await expect(
      gaussianMixture({ values: new Float64Array(4), features: 1 }, { components: 0, seed: 1 }),
    ).rejects.toMatchObject({ code: "mining/option" });
  });
});
