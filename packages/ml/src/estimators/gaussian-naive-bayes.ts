import { float64, real } from "@athanor/core";
import { classCounts, logPriors } from "../bayes/class-counts.ts";
import { defineClassifier } from "../define-classifier.ts";
import { softmaxRows, softmaxToOnnx } from "../linear/softmax-rows.ts";

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
  fit({ x, y, classes, options: { varSmoothing } }): GaussianState {
    const [samples, features] = x.shape as [number, number];
    const { sums, rows } = classCounts(x, y, classes);
    const means = sums.map((sum, i) => sum / rows[Math.floor(i / features)]!);
    const variances = new Float64Array(means.length);
    for (const [row, k] of y.entries())
      for (let j = 0; j < features; j++)
        variances[k * features + j]! += (x.data[row * features + j]! - means[k * features + j]!) ** 2 / rows[k]!;
    const floor = varSmoothing * largestVariance(x.data, samples, features) || Number.EPSILON;
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

function largestVariance(data: Float32Array, rows: number, features: number): number {
  let largest = 0;
  for (let j = 0; j < features; j++) {
    let [mean, squares] = [0, 0];
    for (let row = 0; row < rows; row++) mean += data[row * features + j]! / rows;
    for (let row = 0; row < rows; row++) squares += (data[row * features + j]! - mean) ** 2 / rows;
    largest = Math.max(largest, squares);
  }
  return largest;
}
