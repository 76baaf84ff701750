import { type Points, pointCount, squaredDistance } from "../points.ts";
import type { Joins } from "./dendrogram.ts";

/**
 * The shortest edges that connect all points, where no edge is shorter than the `cores` of its two ends; distances are
 * worked out when they are needed and never kept.
 *
 * @see Prim 1957, "Shortest connection networks and some generalizations"
 */
export async function spanningTree(points: Points, cores: Float64Array, pause: () => Promise<void>): Promise<Joins> {
  const { values, features } = points;
  const count = pointCount(points);
  const [from, to, heights] = [new Uint32Array(count - 1), new Uint32Array(count - 1), new Float64Array(count - 1)];
  const squaredCores = cores.map((core) => core * core);
  const shortest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const nearest = new Uint32Array(count);
  const outside = Uint32Array.from({ length: count }, (_, row) => row);
  let left = count;
  for (let edge = 0, current = 0; edge < count - 1; edge++) {
    let [kept, next] = [0, -1];
    for (let i = 0; i < left; i++) {
      const row = outside[i]!;
      if (row === current) continue;
      outside[kept++] = row;
      const floor = Math.max(squaredCores[current]!, squaredCores[row]!);
      if (floor < shortest[row]!) {
        const length = Math.max(floor, squaredDistance(values, current, values, row, features));
        if (length < shortest[row]!) [shortest[row], nearest[row]] = [length, current];
      }
      if (next < 0 || shortest[row]! < shortest[next]!) next = row;
    }
    left = kept;
    [from[edge], to[edge], heights[edge]] = [nearest[next]!, next, Math.sqrt(shortest[next]!)];
    current = next;
    await pause();
  }
  return { from, to, heights };
}
