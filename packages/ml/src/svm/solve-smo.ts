import { SmoPoints, type SmoProblem } from "./smo-points.ts";
import { blockSize, type SmoSpace } from "./smo-space.ts";

export interface SmoStop {
  /** Largest violation of the optimum's conditions at which to stop. */
  readonly tol: number;
  /** Steps at most; null for so many that only rounding keeps the conditions from being met. */
  readonly maxIter: number | null;
}

export interface SmoSolution {
  /** β by point. */
  readonly coefficients: Float64Array;
  readonly intercept: number;
  readonly iterations: number;
}

/**
 * Sequential minimal optimisation: two coefficients a step, the second chosen by what it gains; points that stay at a bound
 * are left out for a while. Classes and regression are one problem: a point may move up or down, and in regression each
 * move away from zero pays the margin.
 *
 * @see Fan, Chen and Lin 2005, "Working set selection using second order information for training support vector machines", https://jmlr.org/papers/v6/fan05a.html
 */
export function solveSmo(space: SmoSpace, problem: SmoProblem, { tol, maxIter }: SmoStop): SmoSolution {
  const points = new SmoPoints(space, problem);
  const { kernel, cache, count, order, beta, lower, upper, error, rise, fall, diagonal, scratch, found } = points;
  const beforeShrinking = Math.min(problem.rows.length, 1000);
  let untilShrinking = beforeShrinking;
  let hasUnshrunk = false;
  let active = count;
  let [up, down, row, top] = [0, 0, 0, 0];
  let iterations = 0;
  look();
  for (const most = maxIter ?? Math.max(1e7, 100 * count); iterations < most; iterations++) {
    if (--untilShrinking === 0) {
      untilShrinking = beforeShrinking;
      shrink();
      look();
    }
    if (!findPair()) {
      if (active === count) break;
      unshrink();
      look();
      if (!findPair()) break;
      untilShrinking = 1;
    }
    const other = cache.row(down, active);
    const curvature = Math.max(1e-12, diagonal[up]! + diagonal[down]! - 2 * cache.value(row + down));
    const [above, below] = [points.roomAbove(up), points.roomBelow(down)];
    const step = Math.min((top - points.loss(down)) / curvature, above, below);
    // Zero and bounds are met exactly: who is there is told by equality.
    beta[up] = step < above ? beta[up]! + step : beta[up]! < 0 ? 0 : upper[up]!;
    beta[down] = step < below ? beta[down]! - step : beta[down]! > 0 ? 0 : lower[down]!;
    points.place(up);
    points.place(down);
    look(cache.at(row), cache.at(other), step);
  }
  if (active < count) unshrink();
  const coefficients = new Float64Array(problem.rows.length);
  for (let point = 0; point < count; point++)
    if (order[point]! < coefficients.length) coefficients[order[point]!] = beta[point]!;
  return { coefficients, intercept: interceptOf(points), iterations };

  /** Takes the step between two rows into account and finds the point that gains most by moving up. */
  function look(first = scratch.byteOffset, second = first, step = 0): void {
    up = kernel.move(error.byteOffset, rise.byteOffset, first, second, active, step, found.byteOffset);
    top = found[0]!;
  }

  /** Finds the point to move down; false when no pair violates the optimum's conditions. */
  function findPair(): boolean {
    row = cache.row(up, active);
    down = kernel.partner(
      error.byteOffset,
      fall.byteOffset,
      cache.at(row),
      diagonal.byteOffset,
      active,
      diagonal[up]!,
      top,
      found.byteOffset,
    );
    return found[0]! > 0 && found[1]! >= tol;
  }

  /** Leaves out the points that gain by no move, in whole steps of the kernels. */
  function shrink(): void {
    let least = leastLoss();
    if (!hasUnshrunk && top - least <= 10 * tol) {
      hasUnshrunk = true;
      unshrink();
      look();
      least = leastLoss();
    }
    const isIdle = (point: number) => points.gain(point) < least && points.loss(point) > top;
    let idle = 0;
    for (let point = 0; point < active; point++) if (isIdle(point)) idle++;
    const kept = active - 4 * Math.floor(idle / 4);
    const pairs: [number, number][] = [];
    for (let [a, b] = [0, active - 1]; a < kept; a++) {
      if (!isIdle(a)) continue;
      while (b >= kept && isIdle(b)) b--;
      if (b < kept) break;
      pairs.push([a, b--]);
    }
    points.swap(pairs);
    active = kept;
  }

  function leastLoss(): number {
    let least = Number.POSITIVE_INFINITY;
    for (let point = 0; point < active; point++) least = Math.min(least, points.loss(point));
    return least;
  }

  /** Works out the errors of the points that were left out, and takes them in again. */
  function unshrink(): void {
    for (let point = active; point < count; point++) error[point] = -points.targets[point]!;
    const from = active - (active % blockSize);
    for (let point = 0; point < count; point++) {
      if (beta[point] === 0) continue;
      let at = scratch.byteOffset;
      if (cache.isWhole(point)) at = cache.at(cache.row(point, count) + from);
      else cache.compute(point, from, count, at);
      kernel.add(error.byteOffset + 8 * active, at + 4 * (active - from), count - active, beta[point]!);
    }
    active = count;
  }
}

/** Mean error of the points that touch the margin; where none does, the middle of what the others allow. */
function interceptOf({ count, beta, lower, upper, error, margin, gain, loss }: SmoPoints): number {
  let [sum, free] = [0, 0];
  let [top, least] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let point = 0; point < count; point++) {
    top = Math.max(top, gain(point));
    least = Math.min(least, loss(point));
    if (beta[point] === 0 || beta[point]! <= lower[point]! || beta[point]! >= upper[point]!) continue;
    sum -= error[point]! + Math.sign(beta[point]!) * margin;
    free++;
  }
  return free > 0 ? sum / free : (top + least) / 2;
}
