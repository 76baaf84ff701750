import { real } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { classMeans } from "../linear/class-means.ts";
import { linearClassifier } from "../linear/linear-classifier.ts";
import type { LinearState } from "../linear/linear-scores.ts";
import { dot, svd } from "../linear/svd.ts";

/**
 * Normal distributions of one common covariance, which makes the borders between classes straight.
 *
 * Covariances are never formed: samples are whitened by their singular values, and directions without spread left out.
 *
 * @see Hastie, Tibshirani and Friedman 2009, "The elements of statistical learning", section 4.3
 */
export const linearDiscriminantAnalysis = defineClassifier({
  name: "linearDiscriminantAnalysis",
  options: { tol: real(1e-4, "singular value below which a direction counts as flat", { min: 0 }) },
  fit({ x, y, classes, options: { tol } }): LinearState {
    const [samples, features] = x.shape as [number, number];
    const { priors, means } = classMeans(x, y, classes);
    const within = Array.from({ length: features }, (_, j) =>
      Float64Array.from(y, (k, row) => x.data[row * features + j]! - means[k]![j]!),
    );
    const spread = within.map((column) => Math.sqrt(dot(column, column) / samples) || 1);
    const whitening = directions(
      within.map((column, j) => column.map((value) => value / (spread[j]! * Math.sqrt(samples)))),
      tol,
    ).map((direction) => direction.map((value, j) => value / spread[j]!));

    const centre = means[0]!.map((_, j) => means.reduce((sum, mean, k) => sum + priors[k]! * mean[j]!, 0));
    const offsets = means.map((mean) => mean.map((value, j) => value - centre[j]!));
    const between = whitening.map((direction) =>
      Float64Array.from(
        offsets,
        (offset, k) => Math.sqrt((samples * priors[k]!) / (classes - 1)) * dot(offset, direction),
      ),
    );
    const axes = svd(between);
    const kept = axes.right
      .filter((_, i) => axes.values[i]! > tol * axes.values[0]!)
      .map((axis) => centre.map((_, j) => whitening.reduce((sum, direction, i) => sum + axis[i]! * direction[j]!, 0)));

    const coefficients = new Float64Array(classes * features);
    const intercepts = priors.map(Math.log);
    for (const [k, offset] of offsets.entries()) {
      for (const axis of kept) {
        const place = dot(offset, axis);
        intercepts[k]! -= place ** 2 / 2 + place * dot(centre, axis);
        for (let j = 0; j < features; j++) coefficients[k * features + j]! += place * axis[j]!;
      }
    }
    return { coefficients, intercepts };
  },
  ...linearClassifier,
});

/** Right singular vectors over their values, those of values above the limit. */
function directions(columns: readonly Float64Array[], limit: number): readonly Float64Array[] {
  const { values, right } = svd(columns);
  return right.flatMap((direction, i) => (values[i]! > limit ? [direction.map((value) => value / values[i]!)] : []));
}
