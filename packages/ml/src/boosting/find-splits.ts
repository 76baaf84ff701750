import {
  type BoostPlan,
  groupSizeOf,
  groupsOf,
  histogramBytes,
  missingBin,
  slotsOf,
  splitNumbers,
} from "./boost-plan.ts";
import type { BoostViews } from "./boost-views.ts";

/** The best split that features of a group offer a leaf, as it lies in shared memory. */
export interface Split {
  readonly gain: number;
  readonly feature: number;
  /** The last bin of the left side. */
  readonly bin: number;
  /** Bins that go left, of a categorical feature: one bit each, 32 a number. */
  readonly set: readonly number[];
  readonly missingLeft: boolean;
  readonly left: Sums;
  readonly all: Sums;
}

export interface Sums {
  readonly g: number;
  readonly h: number;
  readonly count: number;
}

/** What a leaf's value may be under monotone constraints. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

const minHessian = 1e-3;
/** Rows that a category needs to be told apart. */
const minCategoryRows = 10;
const categorySmoothing = 10;

/** Where a leaf's histogram of a feature begins, in bytes. */
export const histogramAt = (plan: BoostPlan, slot: number, feature: number): number =>
  plan.layout.histograms + (slot * slotsOf(plan) + feature) * histogramBytes;

/** −G / (H + λ) within bounds. */
export const leafValueOf = (g: number, h: number, l2: number, { lower, upper }: Bounds): number =>
  Math.min(upper, Math.max(lower, -g / (h + l2 + 1e-15)));

/** Sums over all bins of a feature. */
export function sumsOf({ doubles, wholes }: BoostViews, at: number): Sums {
  let [g, h, count] = [0, 0, 0];
  for (let bin = 0; bin <= missingBin; bin++) {
    const rows = wholes[(at + 4096) / 4 + bin]!;
    if (rows === 0) continue;
    g += doubles[at / 8 + 2 * bin]!;
    h += doubles[at / 8 + 2 * bin + 1]!;
    count += rows;
  }
  return { g, h, count };
}

/** Bins of a categorical feature that are told apart, by their mean gradient; rows count by their share of the hessians. */
function sortedCategories({ doubles, wholes }: BoostViews, at: number, all: Sums): readonly number[] {
  const bins: number[] = [];
  for (let bin = 0; bin <= missingBin; bin++) {
    const support = (doubles[at / 8 + 2 * bin + 1]! * all.count) / all.h;
    if (wholes[(at + 4096) / 4 + bin]! > 0 && support >= minCategoryRows) bins.push(bin);
  }
  const mean = (bin: number) => doubles[at / 8 + 2 * bin]! / (doubles[at / 8 + 2 * bin + 1]! + categorySmoothing);
  return bins.sort((a, b) => mean(a) - mean(b) || a - b);
}

/** Where a leaf's histograms lie, and in which turn its splits are written. */
export interface Place {
  readonly slot: number;
  readonly turn: number;
  readonly bounds: Bounds;
}

const splitsAt = (plan: BoostPlan, { slot, turn }: Pick<Place, "slot" | "turn">, group: number): number =>
  (((turn % 2) * plan.growth.maxLeaves + slot) * groupsOf(plan) + group) * splitNumbers;

/** Looks for the best split of a leaf among the features of a group, and leaves it in shared memory. */
export function findSplits(plan: BoostPlan, views: BoostViews, place: Place, group: number): void {
  const { features, binCounts, isCategorical, monotone, growth, layout } = plan;
  const { l2, minSamplesLeaf } = growth;
  const { lower, upper } = place.bounds;
  const to = splitsAt(plan, place, group);
  views.splits[to] = 0;
  const size = groupSizeOf(plan);
  for (let feature = group * size; feature < Math.min(features, (group + 1) * size); feature++) {
    if (isCategorical[feature] === 1) findCategories(plan, views, place, feature, to);
    else {
      const [at, record] = [histogramAt(plan, place.slot, feature), layout.splits + 8 * to];
      const direction = monotone[feature]!;
      views.kernel.scan(at, binCounts[feature]!, record, feature, minSamplesLeaf, l2, lower, upper, direction);
    }
  }
}

/** As `scan` of the kernel, over sets of categories. */
function findCategories(
  plan: BoostPlan,
  views: BoostViews,
  { slot, bounds }: Place,
  feature: number,
  to: number,
): void {
  const { doubles, wholes, splits } = views;
  const { l2, minSamplesLeaf } = plan.growth;
  const at = histogramAt(plan, slot, feature);
  const [pairs, counts] = [at / 8, (at + 4096) / 4];
  const { g, h, count } = sumsOf(views, at);
  const own = g * leafValueOf(g, h, l2, bounds);
  const isMissing = wholes[counts + missingBin]! > 0;
  const rising = sortedCategories(views, at, { g, h, count });
  // Rare categories always go right, so that half of the list from either end is tried as the left side.
  for (const sorted of [rising, rising.toReversed()]) {
    const before = splits[to]!;
    let [gL, hL, cL] = [0, 0, 0];
    for (let k = 0; 2 * k < sorted.length; k++) {
      const bin = sorted[k]!;
      gL += doubles[pairs + 2 * bin]!;
      hL += doubles[pairs + 2 * bin + 1]!;
      cL += wholes[counts + bin]!;
      if (cL < minSamplesLeaf || count - cL < minSamplesLeaf || hL < minHessian || h - hL < minHessian) continue;
      const [vL, vR] = [leafValueOf(gL, hL, l2, bounds), leafValueOf(g - gL, h - hL, l2, bounds)];
      const gain = own - gL * vL - (g - gL) * vR;
      if (gain <= splits[to]!) continue;
      splits.set([gain, feature, k, isMissing ? 0 : +(2 * cL > count), gL, hL, cL, g, h, count], to);
    }
    if (splits[to]! > before) splits.set(setOf(sorted.slice(0, splits[to + 2]! + 1)), to + 10);
  }
}

/** Bins as bits, 32 a number. */
function setOf(bins: readonly number[]): readonly number[] {
  const words = new Uint32Array(8);
  for (const bin of bins) words[bin >> 5]! |= 1 << (bin & 31);
  return [...words];
}

/** The best of what all groups have found; the first of equal ones. */
export function bestSplit(
  plan: BoostPlan,
  { splits }: BoostViews,
  place: Pick<Place, "slot" | "turn">,
): Split | undefined {
  let best = -1;
  for (let group = 0; group < groupsOf(plan); group++) {
    const at = splitsAt(plan, place, group);
    if (splits[at]! > (best < 0 ? 0 : splits[best]!)) best = at;
  }
  if (best < 0) return undefined;
  const number = (i: number) => splits[best + i]!;
  return {
    gain: number(0),
    feature: number(1),
    bin: number(2),
    missingLeft: number(3) === 1,
    left: { g: number(4), h: number(5), count: number(6) },
    all: { g: number(7), h: number(8), count: number(9) },
    set: Array.from(splits.subarray(best + 10, best + splitNumbers)),
  };
}
