import { centreOf, clusterCentres, distanceBetween } from "../clusters/cluster-centres.ts";
import type { Matrix } from "../matrix.ts";

/**
 * Variance between clusters over that within them: the higher, the better; infinite where samples of a cluster are equal.
 *
 * @throws `ml/one-class` for fewer than two clusters
 * @see Caliński and Harabasz 1974, "A dendrite method for cluster analysis", https://doi.org/10.1080/03610927408827101
 */
export function calinskiHarabasz(x: Matrix, clusters: readonly string[]): number {
  const groups = clusterCentres("calinskiHarabasz", x, clusters);
  const middle = centreOf(
    groups.flatMap(({ rows }) => rows),
    x.shape[1]!,
  );
  let [between, within] = [0, 0];
  for (const { rows, centre } of groups) {
    between += rows.length * distanceBetween(centre, middle) ** 2;
    for (const row of rows) within += distanceBetween(row, centre) ** 2;
  }
  return between / (groups.length - 1) / (within / (clusters.length - groups.length));
}
