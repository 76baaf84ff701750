import type { Projection } from "../projection.ts";

/** The entities on a shortest way between two, both ends included; `undefined` when there is none. */
export function shortestPath(
  { ids, indexOf, offsets, targets }: Projection,
  from: number,
  to: number,
): readonly number[] | undefined {
  const [start, goal] = [indexOf.get(from), indexOf.get(to)];
  if (start === undefined || goal === undefined) return undefined;
  const cameFrom = new Int32Array(ids.length).fill(-1);
  cameFrom[start] = start;
  const queue = [start];
  for (let head = 0; head < queue.length && cameFrom[goal]! < 0; head++) {
    const at = queue[head]!;
    for (let i = offsets[at]!; i < offsets[at + 1]!; i++) {
      const next = targets[i]!;
      if (cameFrom[next]! >= 0) continue;
      cameFrom[next] = at;
      queue.push(next);
    }
  }
  if (cameFrom[goal]! < 0) return undefined;
  const path = [goal];
  while (path[0] !== start) path.unshift(cameFrom[path[0]!]!);
  return path.map((index) => ids[index]!);
}
