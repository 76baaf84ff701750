import { AthanorError } from "@athanor/core";

/** Points row by row: `[points, features]`. */
export interface Points {
  readonly values: Float64Array;
  readonly features: number;
}

/** How many points there are. */
export const pointCount = ({ values, features }: Points): number => values.length / features;

/**
 * Returns how many points there are, if they are enough and all finite.
 *
 * @throws `mining/points`
 */
export function checkPoints(owner: string, points: Points, least: number): number {
  const count = pointCount(points);
  const infinite = points.values.findIndex((value) => !Number.isFinite(value));
  if (count >= least && infinite < 0 && Number.isInteger(count)) return count;
  const got =
    infinite >= 0
      ? `${points.values[infinite]} in row ${Math.floor(infinite / points.features)}`
      : `${points.values.length} numbers for ${points.features} features`;
  throw new AthanorError("mining/points", `${owner}: expected at least ${least} points of finite numbers, got ${got}`, {
    fix: "Impute missing values, or ask for less than there are points.",
    details: { points: count, least },
  });
}

/** Squared Euclidean distance between row `i` of one matrix and row `j` of another. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, features: number): number {
  let [at, to] = [i * features, j * features];
  const end = at + features;
  // Four sums, so that an addition need not wait for the one before.
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (; at + 4 <= end; at += 4, to += 4) {
    const d0 = a[at]! - b[to]!;
    const d1 = a[at + 1]! - b[to + 1]!;
    const d2 = a[at + 2]! - b[to + 2]!;
    const d3 = a[at + 3]! - b[to + 3]!;
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; at < end; at++, to++) {
    const d = a[at]! - b[to]!;
    s0 += d * d;
  }
  return s0 + s1 + (s2 + s3);
}
