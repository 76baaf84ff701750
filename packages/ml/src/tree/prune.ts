import type { GrownNodes } from "./grown-nodes.ts";

/**
 * The smallest subtree of the least risk, where each leaf costs `price`: branches that do not save their leaves' price go.
 *
 * @see Breiman et al. 1984, "Classification and regression trees", chapter 3
 */
export function prune(nodes: GrownNodes, price: number): GrownNodes {
  const { feature, left, right, risks } = nodes;
  const kept = Array.from(feature);
  const cost = Array.from(risks, (risk) => risk + price);
  // Children come after their parents.
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node]! < 0) continue;
    const branch = cost[left[node]!]! + cost[right[node]!]!;
    if (branch < cost[node]!) cost[node] = branch;
    else kept[node] = -1;
  }
  return reachable({ ...nodes, feature: kept });
}

/** Drops the nodes that no branch leads to any more. */
function reachable(nodes: GrownNodes): GrownNodes {
  const { feature, left, right, outputs } = nodes;
  const isReached = Array.from(feature, (_, node) => node === 0);
  for (let node = 0; node < feature.length; node++)
    if (isReached[node] && feature[node]! >= 0) isReached[left[node]!] = isReached[right[node]!] = true;
  const places: number[] = [];
  let next = 0;
  for (const reached of isReached) places.push(reached ? next++ : -1);
  const some = (values: ArrayLike<number>) => Array.from(values).filter((_, node) => isReached[node]);
  const kept = some(feature);
  const children = (values: ArrayLike<number>) =>
    some(values).map((child, place) => (kept[place]! < 0 ? -1 : places[child]!));
  return {
    feature: kept,
    threshold: some(nodes.threshold),
    left: children(left),
    right: children(right),
    value: Array.from(nodes.value).filter((_, i) => isReached[Math.floor(i / outputs)]),
    outputs,
    risks: some(nodes.risks),
    gains: some(nodes.gains),
  };
}
