import { AthanorError } from "@athanor/core";
import type { Points } from "../points.ts";
import { cholesky } from "./cholesky.ts";

/** Whether features may vary together inside a component. */
export type Covariance = "full" | "diagonal";

/** Components of a mixture. */
export interface Gaussians {
  /** Share of the points. */
  readonly weights: Float64Array;
  /** `[components, features]` */
  readonly means: Float64Array;
  /** `[components, features, features]` when full, `[components, features]` when diagonal. */
  readonly covariances: Float64Array;
}

/** Numbers that a mixture is free in. */
export function freeNumbers({ weights, means, covariances }: Gaussians): number {
  const features = means.length / weights.length;
  const each = covariances.length === means.length ? features : (features * (features + 1)) / 2;
  return weights.length - 1 + means.length + weights.length * each;
}

/**
 * The log of weight times density of each component, for a slice of the points: `[points, components]`.
 *
 * @throws `mining/covariance` when a component has no extent in some direction
 */
export function logDensities({ weights, means, covariances }: Gaussians, { values, features }: Points) {
  const components = weights.length;
  const diagonal = covariances.length === means.length && features > 1;
  const size = diagonal ? features : features * features;
  const factors = Array.from(weights, (_, component) => {
    const covariance = covariances.subarray(component * size, (component + 1) * size);
    const factor = diagonal ? covariance.map(Math.sqrt) : cholesky(covariance, features);
    if (factor?.every((value) => !Number.isNaN(value))) return factor;
    throw new AthanorError(
      "mining/covariance",
      `gaussianMixture: expected component ${component} to extend in all directions, got a flat one`,
      {
        fix: "Raise regularisation, standardise the features, or ask for fewer components.",
        details: { component },
      },
    );
  });
  const constants = factors.map((factor, component) => {
    let sum = Math.log(weights[component]!) - (features / 2) * Math.log(2 * Math.PI);
    for (let j = 0; j < features; j++) sum -= Math.log(factor[diagonal ? j : j * features + j]!);
    return sum;
  });
  const z = new Float64Array(features);
  return (from: number, to: number, out: Float64Array): void => {
    for (let row = from, at = 0; row < to; row++)
      for (let component = 0; component < components; component++, at++) {
        const factor = factors[component]!;
        let sum = 0;
        for (let i = 0; i < features; i++) {
          // L·z = x − µ
          let rest = values[row * features + i]! - means[component * features + i]!;
          if (diagonal) rest /= factor[i]!;
          else {
            for (let j = 0; j < i; j++) rest -= factor[i * features + j]! * z[j]!;
            rest /= factor[i * features + i]!;
          }
          z[i] = rest;
          sum += rest * rest;
        }
        out[at] = constants[component]! - sum / 2;
      }
  };
}
