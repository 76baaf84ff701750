import type { LongWork } from "@athanor/core";
import { nearestNeighbours } from "../nearest/nearest-neighbours.ts";
import { checkPoints, type Points } from "../points.ts";

/** How many neighbours a point is compared with. */
export interface LocalOutlierOptions extends LongWork {
  readonly neighbours?: number;
}

/** Keeps the density of equal points finite. */
const least = 1e-10;

/**
 * How much sparser it is around each point than around its neighbours: about 1 inside a cluster of any density, more outside.
 *
 * @throws `mining/points`, `mining/option`
 * @see Breunig, Kriegel, Ng and Sander 2000, "LOF: identifying density-based local outliers"
 */
export async function localOutlierFactor(points: Points, options: LocalOutlierOptions = {}): Promise<Float64Array> {
  const { neighbours = 20, ...work } = options;
  const count = checkPoints("localOutlierFactor", points, 2);
  const k = Math.min(neighbours, count - 1);
  const { rows, distances } = await nearestNeighbours(points, { neighbours: k, ...work });
  const densities = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    // Reachability: no nearer than the neighbour's own k-th neighbour.
    let sum = 0;
    for (let i = row * k; i < (row + 1) * k; i++) sum += Math.max(distances[i]!, distances[(rows[i]! + 1) * k - 1]!);
    densities[row] = 1 / (sum / k + least);
  }
  return densities.map((density, row) => {
    let sum = 0;
    for (let i = row * k; i < (row + 1) * k; i++) sum += densities[rows[i]!]!;
    return sum / k / density;
  });
}
