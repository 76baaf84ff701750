import type { Projection } from "../projection.ts";

/** The connected component of each entity in the projection's order, numbered from 0, the largest first. */
export function connectedComponents({ ids, offsets, targets }: Projection): Int32Array {
  // Union-find over both ends of every relation, so that its direction does not matter.
  const parents = Int32Array.from(ids, (_, i) => i);
  const rootOf = (i: number): number => {
    let at = i;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  };
  for (let i = 0; i < ids.length; i++)
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
      const [a, b] = [rootOf(i), rootOf(targets[k]!)];
      parents[Math.max(a, b)] = Math.min(a, b);
    }
  const sizes = new Map<number, number>();
  for (let i = 0; i < ids.length; i++) sizes.set(rootOf(i), (sizes.get(rootOf(i)) ?? 0) + 1);
  const order = [...sizes].sort(([a, m], [b, n]) => n - m || a - b);
  const numbers = new Map(order.map(([root], number) => [root, number]));
  return Int32Array.from(ids, (_, i) => numbers.get(rootOf(i))!);
}
