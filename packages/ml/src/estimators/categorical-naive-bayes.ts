import { float64 } from "@athanor/core";
import { logPriors } from "../bayes/class-counts.ts";
import { countOptions } from "../bayes/smoothing.ts";
import { type CategoriesState, fitCategories, membershipToOnnx, placesOf } from "../columns/categories.ts";
import { defineClassifier } from "../define-classifier.ts";
import { softmaxRows, softmaxToOnnx } from "../linear/softmax-rows.ts";

interface CategoricalState extends CategoriesState {
  /** `[categories of all features, classes]`: logarithms of their shares. */
  readonly logShares: Float64Array;
  readonly priors: Float64Array;
}

const name = "categoricalNaiveBayes";

/**
 * Naive Bayes for names: each class draws the category of each feature with its own shares.
 *
 * A category that fitting has not seen says nothing, like a missing value.
 *
 * @throws `ml/no-features`
 */
export const categoricalNaiveBayes = defineClassifier({
  name,
  options: countOptions,
  allowsMissing: true,
  weighs: true,
  fit({ x, y, weights, classes, options: { alpha, fitPrior } }): CategoricalState {
    const features = x.shape[1]!;
    const known = fitCategories(name, x);
    const places = placesOf(known);
    const rows = new Float64Array(classes);
    for (const [row, k] of y.entries()) rows[k]! += weights[row]!;
    const logShares = known.categories.flatMap(({ length }, j) => {
      const counts = new Float64Array(length * classes);
      const totals = new Float64Array(classes).fill(alpha * length);
      for (const [row, k] of y.entries()) {
        const place = places[j]!.get(x.data[row * features + j]!);
        if (place === undefined) continue;
        counts[place * classes + k]! += weights[row]!;
        totals[k]! += weights[row]!;
      }
      return Array.from(counts, (count, i) => Math.log((count + alpha) / totals[i % classes]!));
    });
    return { ...known, logShares: Float64Array.from(logShares), priors: logPriors(rows, fitPrior) };
  },
  probabilities(x, state, classes) {
    const { categories, logShares, priors } = state;
    const [samples, features] = x.shape as [number, number];
    const places = placesOf(state);
    const starts = [0];
    for (const { length } of categories) starts.push(starts.at(-1)! + length);
    const scores = new Float64Array(samples * classes);
    for (let row = 0; row < samples; row++) {
      scores.set(priors, row * classes);
      for (let j = 0; j < features; j++) {
        const place = places[j]!.get(x.data[row * features + j]!);
        if (place === undefined) continue;
        const at = (starts[j]! + place) * classes;
        for (let k = 0; k < classes; k++) scores[row * classes + k]! += logShares[at + k]!;
      }
    }
    return softmaxRows(scores, classes);
  },
  toOnnx(g, x, state, labels) {
    const { logShares, priors } = state;
    const table = g.constant(float64(logShares, [logShares.length / labels.length, labels.length]));
    const members = g.cast(membershipToOnnx(g, x, state), "float64");
    return softmaxToOnnx(g, g.add(g.matMul(members, table), g.constant(float64(priors))));
  },
});
