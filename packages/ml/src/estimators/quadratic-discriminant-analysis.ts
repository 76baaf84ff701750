import { float64, real } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { classMeans } from "../linear/class-means.ts";
import { softmaxRows, softmaxToOnnx } from "../linear/softmax-rows.ts";
import { svd } from "../linear/svd.ts";

interface QuadraticState {
  /** `[classes, features]` */
  readonly means: Float64Array;
  /** Each takes the offset from a class's mean to uncorrelated values of variance 1, `[classes, features, features]`. */
  readonly whitening: Float64Array;
  /** Logarithm of each class's share less half that of its covariance's determinant. */
  readonly offsets: Float64Array;
}

/** Share of a class's largest variance below which a direction counts as flat; it is given that much. */
const flat = 1e-9;

/**
 * Normal distributions, each class with a covariance of its own, which makes the borders curved.
 *
 * @see Hastie, Tibshirani and Friedman 2009, "The elements of statistical learning", section 4.3
 */
export const quadraticDiscriminantAnalysis = defineClassifier({
  name: "quadraticDiscriminantAnalysis",
  options: {
    regParam: real(0, "share of variance 1 mixed into each direction", { min: 0, max: 1 }),
  },
  fit({ x, y, classes, options: { regParam } }): QuadraticState {
    const features = x.shape[1]!;
    const { rows, priors, means } = classMeans(x, y, classes);
    const whitening = new Float64Array(classes * features * features);
    const offsets = priors.map(Math.log);
    for (const [k, mean] of means.entries()) {
      const members = [...y.keys()].filter((row) => y[row] === k);
      const { values, right } = svd(
        Array.from(mean, (centre, j) => Float64Array.from(members, (row) => x.data[row * features + j]! - centre)),
      );
      const variances = values.map((value) => (value ** 2 / rows[k]!) * (1 - regParam) + regParam);
      const floor = flat * variances[0]! || flat;
      for (const [i, direction] of right.entries()) {
        const variance = Math.max(floor, variances[i]!);
        offsets[k]! -= Math.log(variance) / 2;
        for (const [j, value] of direction.entries())
          whitening[(k * features + j) * features + i] = value / Math.sqrt(variance);
      }
    }
    return { means: Float64Array.from(means.flatMap((mean) => [...mean])), whitening, offsets };
  },
  probabilities(x, { means, whitening, offsets }, classes) {
    const [samples, features] = x.shape as [number, number];
    const scores = new Float64Array(samples * classes);
    const apart = new Float64Array(features);
    for (let row = 0; row < samples; row++) {
      for (let k = 0; k < classes; k++) {
        for (let j = 0; j < features; j++) apart[j] = x.data[row * features + j]! - means[k * features + j]!;
        let distance = 0;
        for (let i = 0; i < features; i++) {
          let along = 0;
          for (let j = 0; j < features; j++) along += apart[j]! * whitening[(k * features + j) * features + i]!;
          distance += along * along;
        }
        scores[row * classes + k] = offsets[k]! - distance / 2;
      }
    }
    return softmaxRows(scores, classes);
  },
  toOnnx(g, x, { means, whitening, offsets }) {
    const [classes, features] = [offsets.length, means.length / offsets.length];
    const apart = g.sub(
      g.reshape(g.cast(x, "float64"), [1, "batch", features]),
      g.constant(float64(means, [classes, 1, features])),
    );
    const along = g.matMul(apart, g.constant(float64(whitening, [classes, features, features])));
    const distances = g.transpose(g.reduceSum(g.mul(along, along), [2]));
    return softmaxToOnnx(g, g.sub(g.constant(float64(offsets)), g.div(distances, 2)));
  },
});
