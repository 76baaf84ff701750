import { type LongWork, pauses } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { kMeans } from "../k-means/k-means.ts";
import { checkPoints, type Points } from "../points.ts";
import { type Covariance, freeNumbers, type Gaussians, logDensities } from "./gaussians.ts";
import { MomentSums } from "./moment-sums.ts";

/** How many components, of which form. */
export interface GaussianMixtureOptions extends LongWork {
  readonly components: number;
  readonly seed: number;
  readonly covariance?: Covariance;
  readonly maxIterations?: number;
  /** Gain in the mean log-likelihood of a point below which the search ends. */
  readonly tolerance?: number;
  /** Added to each variance, so that none vanishes. */
  readonly regularisation?: number;
  /** Centres to start from instead of those of k-means: `[components, features]`; each point starts at the nearest. */
  readonly initial?: Float64Array;
}

/** A mixture of normal distributions, and what it says of the points. */
export interface GaussianMixture extends Gaussians {
  /** Most probable component of each point. */
  readonly labels: Int32Array;
  /** Probability of each component for each point: `[points, components]`. */
  readonly responsibilities: Float64Array;
  /** Mean over the points of their log density. */
  readonly logLikelihood: number;
  /** Bayes' information criterion: the lower, the better. */
  readonly bic: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Numbers that are looked at between two pauses. */
const slice = 2 ** 16;

/**
 * Fits normal distributions to points by expectation and maximisation, from the clusters of k-means.
 *
 * @throws `mining/points`, `mining/option`, `mining/initial`, `mining/covariance`
 * @see Dempster, Laird and Rubin 1977, "Maximum likelihood from incomplete data via the EM algorithm"
 */
export async function gaussianMixture(points: Points, options: GaussianMixtureOptions): Promise<GaussianMixture> {
  const {
    components,
    seed,
    covariance = "full",
    maxIterations = 100,
    tolerance = 1e-3,
    regularisation = 1e-6,
    signal,
    onProgress,
  } = options;
  checkOptions("gaussianMixture", {
    components: [components, { min: 1, whole: true }],
    maxIterations: [maxIterations, { min: 1, whole: true }],
    tolerance: [tolerance, { min: 0 }],
    regularisation: [regularisation, { min: 0 }],
  });
  const count = checkPoints("gaussianMixture", points, Math.max(2, components));
  const pause = pauses({ signal });
  const once = options.initial ? { initial: options.initial, maxIterations: 1 } : { starts: 1 };
  const { labels: first } = await kMeans(points, { clusters: components, seed, signal, ...once });
  const responsibilities = new Float64Array(count * components);
  for (let row = 0; row < count; row++) responsibilities[row * components + first[row]!] = 1;
  const step = Math.max(1, Math.floor(slice / (components * points.features ** (covariance === "full" ? 2 : 1))));
  const sums = new MomentSums(points, components, covariance);

  const maximise = async () => {
    sums.clear();
    for (let from = 0; from < count; from += step, await pause())
      sums.addMeans(responsibilities, from, Math.min(count, from + step));
    sums.closeMeans();
    for (let from = 0; from < count; from += step, await pause())
      sums.addSpreads(responsibilities, from, Math.min(count, from + step));
    return sums.gaussians(regularisation);
  };
  const expect = async (gaussians: Gaussians) => {
    const densities = logDensities(gaussians, points);
    let total = 0;
    for (let from = 0; from < count; from += step, await pause()) {
      const to = Math.min(count, from + step);
      const part = responsibilities.subarray(from * components, to * components);
      densities(from, to, part);
      for (let at = 0; at < part.length; at += components) total += normaliseLogs(part.subarray(at, at + components));
    }
    return total / count;
  };

  let gaussians = await maximise();
  let [logLikelihood, iterations, converged] = [Number.NEGATIVE_INFINITY, 0, false];
  while (!converged && iterations < maxIterations) {
    const now = await expect(gaussians);
    gaussians = await maximise();
    converged = Math.abs(now - logLikelihood) < tolerance;
    logLikelihood = now;
    iterations++;
    onProgress?.({
      stage: "fitting a mixture",
      done: iterations,
      total: maxIterations,
      unit: "iterations",
      metrics: { logLikelihood },
    });
  }
  logLikelihood = await expect(gaussians);
  const labels = Int32Array.from({ length: count }, (_, row) => {
    const own = responsibilities.subarray(row * components, (row + 1) * components);
    return own.indexOf(own.reduce((a, b) => Math.max(a, b)));
  });
  const bic = -2 * logLikelihood * count + freeNumbers(gaussians) * Math.log(count);
  return { ...gaussians, labels, responsibilities, logLikelihood, bic, iterations, converged };
}

/** Turns logs into shares of their sum, in place, and returns the log of that sum. */
function normaliseLogs(logs: Float64Array): number {
  const greatest = logs.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (const value of logs) sum += Math.exp(value - greatest);
  const log = greatest + Math.log(sum);
  for (let i = 0; i < logs.length; i++) logs[i] = Math.exp(logs[i]! - log);
  return log;
}
