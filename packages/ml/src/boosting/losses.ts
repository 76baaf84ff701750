import { quantileOf } from "../quantile-of.ts";
import type { BoostPlan, LossChoice } from "./boost-plan.ts";
import type { BoostViews } from "./boost-views.ts";

/** What boosting makes small. */
export interface BoostLoss {
  /** Scores before the first round, one an output. */
  base(y: Float64Array, weights: Float32Array, outputs: number): Float64Array;
  /** What the outputs of a round share, computed once for rows from `start`. */
  prepare?(views: BoostViews, plan: BoostPlan, start: number, count: number): void;
  /** Writes gradient and hessian of rows from `start` for one output. */
  gradients(views: BoostViews, plan: BoostPlan, output: number, start: number, count: number): void;
  /** Sum over rows from `start`, each by its weight. */
  total(views: BoostViews, plan: BoostPlan, start: number, count: number): number;
  /** A leaf's value from its rows, where the mean of gradients is not the best one. */
  leafValue?(views: BoostViews, plan: BoostPlan, rows: Int32Array): number;
}

const allRows = ({ rows, validationRows }: BoostPlan): number => rows + validationRows;
const mean = (y: Float64Array, weights: Float32Array): number => {
  let [sum, all] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    sum += weights[i]! * y[i]!;
    all += weights[i]!;
  }
  return sum / all;
};

const squaredError: BoostLoss = {
  base: (y, weights) => Float64Array.of(mean(y, weights)),
  gradients({ pairs, scores, targets }, _plan, _output, start, count) {
    for (let row = start; row < start + count; row++) {
      pairs[2 * row] = scores[row]! - targets[row]!;
      pairs[2 * row + 1] = 1;
    }
  },
  total({ scores, targets, weights }, _plan, start, count) {
    let sum = 0;
    for (let row = start; row < start + count; row++) sum += (weights[row]! * (scores[row]! - targets[row]!) ** 2) / 2;
    return sum;
  },
};

const logLoss: BoostLoss = {
  base(y, weights, outputs) {
    const shares = new Float64Array(Math.max(2, outputs));
    for (let i = 0; i < y.length; i++) shares[y[i]!]! += weights[i]!;
    const all = shares.reduce((sum, share) => sum + share);
    const logs = shares.map((share) => Math.log(Math.max(share / all, 1e-15)));
    if (outputs === 1) return Float64Array.of(logs[1]! - logs[0]!);
    const middle = logs.reduce((sum, value) => sum + value) / outputs;
    return logs.map((value) => value - middle);
  },
  prepare({ scores, kept }, plan, start, count) {
    const { outputs } = plan;
    const all = allRows(plan);
    if (outputs === 1) return;
    for (let row = start; row < start + count; row++) {
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < outputs; k++) most = Math.max(most, scores[k * all + row]!);
      let sum = 0;
      for (let k = 0; k < outputs; k++) {
        const e = Math.exp(scores[k * all + row]! - most);
        kept[k * all + row] = e;
        sum += e;
      }
      for (let k = 0; k < outputs; k++) kept[k * all + row]! /= sum;
    }
  },
  gradients({ pairs, scores, kept, targets }, plan, output, start, count) {
    const { outputs } = plan;
    const at = output * allRows(plan);
    for (let row = start; row < start + count; row++) {
      const p = outputs === 1 ? 1 / (1 + Math.exp(-scores[row]!)) : kept[at + row]!;
      const isOwn = outputs === 1 ? targets[row]! : +(targets[row] === output);
      pairs[2 * row] = p - isOwn;
      pairs[2 * row + 1] = p * (1 - p);
    }
  },
  total({ scores, targets, weights }, plan, start, count) {
    const { outputs } = plan;
    const all = allRows(plan);
    let sum = 0;
    for (let row = start; row < start + count; row++) {
      if (outputs === 1) {
        const s = scores[row]!;
        sum += weights[row]! * (Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s))) - targets[row]! * s);
        continue;
      }
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < outputs; k++) most = Math.max(most, scores[k * all + row]!);
      let total = 0;
      for (let k = 0; k < outputs; k++) total += Math.exp(scores[k * all + row]! - most);
      sum += weights[row]! * (most + Math.log(total) - scores[targets[row]! * all + row]!);
    }
    return sum;
  },
};

/** Pinball loss: a share `quantile` of the targets lies below the scores where it is least. */
const pinball = (quantile: number, scale: number): BoostLoss => ({
  base: (y, weights) =>
    Float64Array.of(quantileOf(y, quantile, weights.some((weight) => weight !== 1) ? weights : undefined)),
  gradients({ pairs, scores, targets }, _plan, _output, start, count) {
    for (let row = start; row < start + count; row++) {
      pairs[2 * row] = scale * (targets[row]! >= scores[row]! ? -quantile : 1 - quantile);
      pairs[2 * row + 1] = 1;
    }
  },
  total({ scores, targets, weights }, _plan, start, count) {
    let sum = 0;
    for (let row = start; row < start + count; row++) {
      const residual = targets[row]! - scores[row]!;
      sum += weights[row]! * scale * (residual >= 0 ? quantile * residual : (quantile - 1) * residual);
    }
    return sum;
  },
  leafValue: ({ targets, scores, weights }, { hasWeights }, rows) =>
    quantileOf(
      Float64Array.from(rows, (row) => targets[row]! - scores[row]!),
      quantile,
      hasWeights ? Float64Array.from(rows, (row) => weights[row]!) : undefined,
    ),
});

export function boostLoss({ name, quantile }: LossChoice): BoostLoss {
  if (name === "squaredError") return squaredError;
  if (name === "logLoss") return logLoss;
  return name === "quantile" ? pinball(quantile, 1) : pinball(0.5, 2);
}
