import type { BoostPlan, LossChoice } from "./boost-plan.ts";
import type { BoostViews } from "./boost-views.ts";

/** What boosting makes small. */
export interface BoostLoss {
  /** Scores before the first round, one an output. */
  base(y: ArrayLike<number>, outputs: number): Float64Array;
  /** What the outputs of a round share, computed once for rows from `start`. */
  prepare?(views: BoostViews, plan: BoostPlan, start: number, count: number): void;
  /** Writes gradient and hessian of rows from `start` for one output. */
  gradients(views: BoostViews, plan: BoostPlan, output: number, start: number, count: number): void;
  /** Sum over rows from `start`. */
  total(views: BoostViews, plan: BoostPlan, start: number, count: number): number;
  /** A leaf's value from its rows' residuals, where the mean of gradients is not the best one. */
  leafValue?(residuals: Float64Array): number;
}

const allRows = ({ rows, validationRows }: BoostPlan): number => rows + validationRows;
const mean = (y: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += y[i]!;
  return sum / y.length;
};

const squaredError: BoostLoss = {
  base: (y) => Float64Array.of(mean(y)),
  gradients({ pairs, scores, targets }, _plan, _output, start, count) {
    for (let row = start; row < start + count; row++) {
      pairs[2 * row] = scores[row]! - targets[row]!;
      pairs[2 * row + 1] = 1;
    }
  },
  total({ scores, targets }, _plan, start, count) {
    let sum = 0;
    for (let row = start; row < start + count; row++) sum += (scores[row]! - targets[row]!) ** 2 / 2;
    return sum;
  },
};

const logLoss: BoostLoss = {
  base(y, outputs) {
    const shares = new Float64Array(Math.max(2, outputs));
    for (let i = 0; i < y.length; i++) shares[y[i]!]! += 1 / y.length;
    if (outputs === 1) return Float64Array.of(Math.log(shares[1]! / shares[0]!));
    const logs = shares.map((share) => Math.log(Math.max(share, 1e-15)));
    const middle = mean(logs);
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
  total({ scores, targets }, plan, start, count) {
    const { outputs } = plan;
    const all = allRows(plan);
    let sum = 0;
    for (let row = start; row < start + count; row++) {
      if (outputs === 1) {
        const s = scores[row]!;
        sum += Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s))) - targets[row]! * s;
        continue;
      }
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < outputs; k++) most = Math.max(most, scores[k * all + row]!);
      let total = 0;
      for (let k = 0; k < outputs; k++) total += Math.exp(scores[k * all + row]! - most);
      sum += most + Math.log(total) - scores[targets[row]! * all + row]!;
    }
    return sum;
  },
};

/** Pinball loss: a share `quantile` of the targets lies below the scores where it is least. */
const pinball = (quantile: number, weight: number): BoostLoss => ({
  base: (y) => Float64Array.of(quantileOf(Float64Array.from(y), quantile)),
  gradients({ pairs, scores, targets }, _plan, _output, start, count) {
    for (let row = start; row < start + count; row++) {
      pairs[2 * row] = weight * (targets[row]! >= scores[row]! ? -quantile : 1 - quantile);
      pairs[2 * row + 1] = 1;
    }
  },
  total({ scores, targets }, _plan, start, count) {
    let sum = 0;
    for (let row = start; row < start + count; row++) {
      const residual = targets[row]! - scores[row]!;
      sum += weight * (residual >= 0 ? quantile * residual : (quantile - 1) * residual);
    }
    return sum;
  },
  leafValue: (residuals) => quantileOf(residuals, quantile),
});

/** Between neighbours where it falls between two; the values are put in order on the way. */
export function quantileOf(values: Float64Array, quantile: number): number {
  values.sort();
  const at = quantile * (values.length - 1);
  const [low, high] = [values[Math.floor(at)]!, values[Math.ceil(at)]!];
  return low + (at - Math.floor(at)) * (high - low);
}

export function boostLoss({ name, quantile }: LossChoice): BoostLoss {
  if (name === "squaredError") return squaredError;
  if (name === "logLoss") return logLoss;
  return name === "quantile" ? pinball(quantile, 1) : pinball(0.5, 2);
}
