import { type BoostPlan, groupSizeOf, groupsOf, histogramBytes, missingBin } from "./boost-plan.ts";
import type { BoostViews } from "./boost-views.ts";
import { type Bounds, bestSplit, findSplits, histogramAt, leafValueOf, type Split, sumsOf } from "./find-splits.ts";
import type { Team } from "./team.ts";

/** A grown tree in terms of bins, as plain data over its nodes. */
export interface BinnedTree {
  /** −1 at a leaf. */
  readonly feature: readonly number[];
  readonly bin: readonly number[];
  readonly missingLeft: readonly boolean[];
  /** Bins that go left, of splits on categorical features. */
  readonly categories: readonly (readonly number[] | undefined)[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
  readonly gain: readonly number[];
  /** Rows that reached the node in training. */
  readonly count: readonly number[];
}

/** Rows of a leaf, side by side in the order: those to learn from, and those to stop by. */
interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly count: number;
  readonly validationStart: number;
  readonly validationCount: number;
  readonly slot: number;
  readonly depth: number;
  readonly bounds: Bounds;
  readonly split: Split | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Grows one tree leaf by leaf, the one with the largest gain first; every thread of the team runs this and ends with the same tree. */
export function growBoostedTree(
  plan: BoostPlan,
  views: BoostViews,
  team: Team,
): { tree: BinnedTree; leaves: readonly Leaf[] } {
  const { rows, validationRows, growth, layout } = plan;
  const { l2, learningRate, maxLeaves, maxDepth, minSamplesLeaf } = growth;
  const tree: Mutable<BinnedTree> = {
    feature: [],
    bin: [],
    missingLeft: [],
    categories: [],
    left: [],
    right: [],
    value: [],
    gain: [],
    count: [],
  };
  const addNode = (g: number, h: number, count: number, bounds: Bounds): number => {
    tree.value.push(learningRate * leafValueOf(g, h, l2, bounds));
    tree.count.push(count);
    for (const list of [tree.feature, tree.bin, tree.left, tree.right]) list.push(-1);
    tree.missingLeft.push(false);
    tree.categories.push(undefined);
    tree.gain.push(0);
    return tree.feature.length - 1;
  };
  const size = groupSizeOf(plan);
  let turn = 0;
  const unbounded = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

  for (let i = 0; i < rows + validationRows; i++) views.order[i] = i;
  for (const group of team.pieces(groupsOf(plan))) {
    fill(group, 0, 0, rows, layout.pairs);
    findSplits(plan, views, { slot: 0, turn: 0, bounds: unbounded }, group);
  }
  team.meet();
  const first = bestSplit(plan, views, { slot: 0, turn: 0 });
  // Without a split nobody writes to the histogram any more; with one, another thread may already do so.
  const sums = first?.all ?? sumsOf(views, histogramAt(plan, 0, 0));
  const root = addNode(sums.g, sums.h, rows, unbounded);
  const leaves: Leaf[] = [
    {
      node: root,
      start: 0,
      count: rows,
      validationStart: rows,
      validationCount: validationRows,
      slot: 0,
      depth: 0,
      bounds: unbounded,
      split: first,
    },
  ];
  while (leaves.length < maxLeaves) {
    let next = -1;
    for (const [i, { split }] of leaves.entries())
      if (split && (next < 0 || split.gain > leaves[next]!.split!.gain)) next = i;
    if (next < 0) break;
    const [below, above] = splitLeaf(leaves[next]!, leaves.length);
    leaves[next] = below;
    leaves.push(above);
  }
  return { tree, leaves };

  function splitLeaf(leaf: Leaf, freeSlot: number): readonly [Leaf, Leaf] {
    const split = leaf.split!;
    const { feature, left, all, missingLeft } = split;
    const isCategorical = plan.isCategorical[feature] === 1;
    const { table } = views.at;
    const goesLeft = views.bytes.subarray(table, table + 256);
    if (isCategorical) {
      for (let bin = 0; bin < 256; bin++) goesLeft[bin] = (split.set[bin >> 5]! >>> (bin & 31)) & 1;
      tree.categories[leaf.node] = Array.from({ length: missingBin }, (_, bin) => bin).filter(
        (bin) => goesLeft[bin] === 1,
      );
    } else {
      goesLeft.fill(1, 0, split.bin + 1);
      goesLeft.fill(0, split.bin + 1);
      goesLeft[missingBin] = +missingLeft;
    }
    const middle = part(feature, table, leaf.start, leaf.count);
    const validationMiddle = part(feature, table, leaf.validationStart, leaf.validationCount);

    tree.feature[leaf.node] = feature;
    tree.bin[leaf.node] = split.bin;
    tree.missingLeft[leaf.node] = goesLeft[missingBin] === 1;
    tree.gain[leaf.node] = split.gain;
    const [g, h] = [all.g - left.g, all.h - left.h];
    const [belowBounds, aboveBounds] = boundsBelow(split, leaf.bounds);
    const isSmallerBelow = middle <= leaf.count - middle;
    const shared = { depth: leaf.depth + 1, split: undefined };
    const below: Leaf = {
      ...shared,
      node: addNode(left.g, left.h, middle, belowBounds),
      start: leaf.start,
      count: middle,
      validationStart: leaf.validationStart,
      validationCount: validationMiddle,
      slot: isSmallerBelow ? freeSlot : leaf.slot,
      bounds: belowBounds,
    };
    const above: Leaf = {
      ...shared,
      node: addNode(g, h, leaf.count - middle, aboveBounds),
      start: leaf.start + middle,
      count: leaf.count - middle,
      validationStart: leaf.validationStart + validationMiddle,
      validationCount: leaf.validationCount - validationMiddle,
      slot: isSmallerBelow ? leaf.slot : freeSlot,
      bounds: aboveBounds,
    };
    tree.left[leaf.node] = below.node;
    tree.right[leaf.node] = above.node;
    const mayGoOn = leaf.depth + 1 < maxDepth && freeSlot + 1 < maxLeaves;
    const isSplittable = ({ count }: Leaf) => mayGoOn && count >= 2 * minSamplesLeaf;
    if (!isSplittable(below) && !isSplittable(above)) return [below, above];

    turn++;
    const [small, large] = isSmallerBelow ? [below, above] : [above, below];
    views.kernel.gather(views.at.order + 4 * small.start, small.count, layout.pairs, views.at.gathered);
    for (const group of team.pieces(groupsOf(plan))) {
      fill(group, small.slot, small.start, small.count, views.at.gathered);
      const from = histogramAt(plan, large.slot, group * size);
      views.kernel.subtract(from, histogramAt(plan, small.slot, group * size), from, size);
      for (const child of [small, large]) if (isSplittable(child)) findSplits(plan, views, { ...child, turn }, group);
    }
    team.meet();
    const found = (child: Leaf): Leaf =>
      isSplittable(child) ? { ...child, split: bestSplit(plan, views, { ...child, turn }) } : child;
    return [found(below), found(above)];
  }

  function fill(group: number, slot: number, start: number, count: number, pairs: number): void {
    const to = histogramAt(plan, slot, group * size);
    views.kernel.clear(to, size * histogramBytes);
    const all = rows + validationRows;
    // A slot beyond the features counts the last one again; nobody reads it.
    const bins = (k: number) => layout.bins + all * Math.min(plan.features - 1, group * size + k);
    const order = views.at.order + 4 * start;
    const [h1, h2, h3] = [to + histogramBytes, to + 2 * histogramBytes, to + 3 * histogramBytes];
    if (size === 2) views.kernel.fillTwo(order, pairs, count, bins(0), bins(1), to, h1);
    else views.kernel.fillFour(order, pairs, count, bins(0), bins(1), bins(2), bins(3), to, h1, h2, h3);
  }

  /** Brings the rows that go left to the front of a range, in this thread's own order: that is cheaper than to meet. */
  function part(feature: number, table: number, start: number, count: number): number {
    if (count === 0) return 0;
    const { kernel, at } = views;
    const bins = layout.bins + feature * (rows + validationRows);
    return kernel.part(at.order + 4 * start, count, bins, table, at.right);
  }

  /** Children of a split on a constrained feature stay on their side of the middle. */
  function boundsBelow({ feature, left, all }: Split, bounds: Bounds): readonly [Bounds, Bounds] {
    const direction = plan.monotone[feature]!;
    if (direction === 0) return [bounds, bounds];
    const [vL, vR] = [leafValueOf(left.g, left.h, l2, bounds), leafValueOf(all.g - left.g, all.h - left.h, l2, bounds)];
    const middle = (vL + vR) / 2;
    const [low, high] = [
      { lower: bounds.lower, upper: middle },
      { lower: middle, upper: bounds.upper },
    ];
    return direction > 0 ? [low, high] : [high, low];
  }
}
