import { float32, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { histGradientBoostingRegressor, randomForestClassifier, ridge } from "../estimators/index.ts";
import { type Matrix, takeSamples } from "../matrix.ts";
import { treeShap } from "./tree-shap.ts";

const random = Random.from(8);
const features = 4;
const x = float32(
  Float32Array.from({ length: 120 * features }, (_, i) => (i % features === 3 ? random.integer(4) : random.normal())),
  [120, features],
);
const y = Array.from({ length: 120 }, (_, row) => {
  const [a, b, c, d] = x.data.subarray(row * features);
  return a! * b! + (d === 2 ? 2 : 0) + 0.1 * c!;
});
const [samples, background] = [takeSamples(x, [0, 1, 2]), takeSamples(x, [3, 4, 5, 6])];

/** The definition: over all coalitions, what a feature adds when the others come from the background. */
function byDefinition(predict: (x: Matrix) => ArrayLike<number>, outputs: number, sample: number): number[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const worth = (coalition: number, output: number) => {
    const mixed = background.data.slice();
    for (let i = 0; i < mixed.length; i++)
      if ((coalition >> (i % features)) & 1) mixed[i] = samples.data[sample * features + (i % features)]!;
    const predicted = predict(float32(mixed, background.shape));
    return Array.from({ length: 4 }, (_, row) => predicted[row * outputs + output]!).reduce((a, b) => a + b) / 4;
  };
  return Array.from({ length: outputs * features }, (_, i) => {
    const [output, feature] = [Math.floor(i / features), i % features];
    let sum = 0;
    for (let coalition = 0; coalition < 2 ** features; coalition++) {
      if ((coalition >> feature) & 1) continue;
      const size = coalition.toString(2).replaceAll("0", "").length;
      const weight = (factorial(size) * factorial(features - size - 1)) / factorial(features);
      sum += weight * (worth(coalition | (1 << feature), output) - worth(coalition, output));
    }
    return sum;
  });
}

describe("Shapley values of trees", () => {
  it.each([
    [
      "boosted trees with categories",
      histGradientBoostingRegressor({ maxIter: 15, minSamplesLeaf: 5, categorical: [3] }),
      1,
    ],
    ["a forest of three classes", randomForestClassifier({ nTrees: 6, seed: 2 }), 3],
  ] as const)("are those of the definition, and sum to the prediction, for %s", async (_, estimator, outputs) => {
    const model =
      estimator.kind === "regressor"
        ? await estimator.fit(x, y, { threads: 1 })
        : await estimator.fit(
            x,
            y.map((value) => (value < 0 ? "low" : value < 1 ? "middle" : "high")),
            { threads: 1 },
          );
    const predict = (given: Matrix) =>
      model.kind === "regressor" ? model.predict(given) : model.predictProbabilities(given);
    const { values, base } = treeShap(model, samples, background);
    for (const sample of [0, 1, 2]) {
      const own = values.subarray(sample * outputs * features, (sample + 1) * outputs * features);
      for (const [i, value] of byDefinition(predict, outputs, sample).entries()) expect(own[i]).toBeCloseTo(value, 10);
      for (let k = 0; k < outputs; k++) {
        const sum = own.subarray(k * features, (k + 1) * features).reduce((a, b) => a + b, base[k]!);
        expect(sum).toBeCloseTo(predict(samples)[sample * outputs + k]!, 10);
      }
    }
  });

  it("are not there for a model without trees", async () => {
    const model = await ridge().fit(x, y);
    expect(() => treeShap(model, samples, background)).toThrow(expect.objectContaining({ code: "ml/not-trees" }));
  });
});
