import { type LongWork, pauses } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { checkPoints, type Points, pointCount } from "../points.ts";
import { KdTree, type Nearest } from "./k-d-tree.ts";

/** How many neighbours of each point. */
export interface NeighbourOptions extends LongWork {
  readonly neighbours: number;
}

/**
 * The nearest other points of each, nearest first: `[points, neighbours]` rows and Euclidean distances.
 *
 * @throws `mining/points`, `mining/option`
 */
export async function nearestNeighbours(
  points: Points,
  { neighbours, signal, onProgress }: NeighbourOptions,
): Promise<Nearest> {
  checkOptions("nearestNeighbours", { neighbours: [neighbours, { min: 1, whole: true }] });
  checkPoints("nearestNeighbours", points, neighbours + 1);
  const pause = pauses({ signal });
  const count = pointCount(points);
  const tree = await KdTree.build(points, pause);
  const found = { rows: new Uint32Array(count * neighbours), distances: new Float64Array(count * neighbours) };
  for (let row = 0; row < count; row++) {
    const [from, to] = [row * neighbours, (row + 1) * neighbours];
    const own = { rows: found.rows.subarray(from, to), distances: found.distances.subarray(from, to) };
    tree.nearest(points.values, row, own, row);
    if (row % 64 !== 0) continue;
    onProgress?.({ stage: "finding neighbours", done: row, total: count, unit: "points" });
    await pause();
  }
  for (let i = 0; i < found.distances.length; i++) found.distances[i] = Math.sqrt(found.distances[i]!);
  return found;
}
