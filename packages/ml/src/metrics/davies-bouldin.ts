import { clusterCentres, distanceBetween } from "../clusters/cluster-centres.ts";
import type { Matrix } from "../matrix.ts";

/**
 * Mean over clusters of how wide it and the cluster most like it are, over how far their centres are apart: the lower, the better.
 *
 * @throws `ml/one-class` for fewer than two clusters
 * @see Davies and Bouldin 1979, "A cluster separation measure", https://doi.org/10.1109/TPAMI.1979.4766909
 */
export function daviesBouldin(x: Matrix, clusters: readonly string[]): number {
  const groups = clusterCentres("daviesBouldin", x, clusters);
  const widths = groups.map(
    ({ rows, centre }) => rows.reduce((sum, row) => sum + distanceBetween(row, centre), 0) / rows.length,
  );
  const likest = groups.map(({ centre }, i) =>
    Math.max(
      ...groups.map((other, j) => {
        const apart = distanceBetween(centre, other.centre);
        return i === j || apart === 0 ? 0 : (widths[i]! + widths[j]!) / apart;
      }),
    ),
  );
  return likest.reduce((a, b) => a + b, 0) / groups.length;
}
