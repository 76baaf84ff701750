import { float64, real } from "@athanor/core";
import { classCounts, logPriors } from "../bayes/class-counts.ts";
import { columnsOf } from "../columns/columns-of.ts";
import { defineClassifier } from "../define-classifier.ts";
import { softmaxRows, softmaxToOnnx } from "../linear/softmax-rows.ts";
import type { Matrix } from "../matrix.ts";

interface GaussianState {
  /** `[classes, features]` */
  readonly means: Float64Array;
  /** `[classes, features]` */
  readonly variances: Float64Array;
  /** What the score of each class holds whatever the sample, `[classes]`. */
  readonly offsets: Float64Array;
}

/** Naive Bayes for measurements: each feature of a class is normally distributed, independent of the others. */
export const gaussianNaiveBayes = defineClassifier({
  name: "gaussianNaiveBayes",
  options: {
    varSmoothing: real(1e-9, "added to all variances, as a share of the largest one", { min: 0 }),
  },
  weighs: true,
  fit({ x, y, weights, classes, options: { varSmoothing } }): GaussianState {
    const features = x.shape[1]!;
    const { sums, rows } = classCounts(x, y, weights, classes);
    const means = sums.map((sum, i) => sum / rows[Math.floor(i / features)]!);
    const variances = new Float64Array(means.length);
    for (const [row, k] of y.entries())
      for (let j = 0; j < features; j++)
        variances[k * features + j]! +=
          (weights[row]! * (x.data[row * features + j]! - means[k * features + j]!) ** 2) / rows[k]!;
    const floor = varSmoothing * largestVariance(x, weights) || Number.EPSILON;
    for (const i of variances.keys()) variances[i]! += floor;
    const offsets = logPriors(rows, true);
    for (const [i, variance] of variances.entries())
      offsets[Math.floor(i / features)]! -= Math.log(2 * Math.PI * variance) / 2;
    return { means, variances, offsets };
  },
  probabilities(x, { means, variances, offsets }, classes) {
    const [samples, features] = x.shape as [number, number];
    const scores = new Float64Array(samples * classes);
    for (let row = 0; row < samples; row++) {
      for (let k = 0; k < classes; k++) {
        let distance = 0;
        for (let j = 0; j < features; j++)
          distance += (x.data[row * features + j]! - means[k * features + j]!) ** 2 / variances[k * features + j]!;
        scores[row * classes + k] = offsets[k]! - distance / 2;
      }
    }
    return softmaxRows(scores, classes);
  },
  toOnnx(g, x, { means, variances, offsets }) {
    const [classes, features] = [offsets.length, means.length / offsets.length];
    const each = g.reshape(g.cast(x, "float64"), ["batch", 1, features]);
    const apart = g.sub(each, g.constant(float64(means, [classes, features])));
    const distances = g.reduceSum(g.div(g.mul(apart, apart), g.constant(float64(variances, [classes, features]))), [2]);
    return softmaxToOnnx(g, g.sub(g.constant(float64(offsets)), g.div(distances, 2)));
  },
});

function largestVariance(x: Matrix, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const variances = columnsOf(x).map((column) => {
    const mean = column.reduce((sum, value, row) => sum + (weights[row]! * value) / total, 0);
    return column.reduce((sum, value, row) => sum + (weights[row]! * (value - mean) ** 2) / total, 0);
  });
  return Math.max(...variances);
}
