import { AthanorError } from "@athanor/core";
import { checkLength, type Matrix } from "../matrix.ts";

/** The samples of one cluster and their mean. */
export interface ClusterCentre {
  readonly rows: readonly Float32Array[];
  readonly centre: Float64Array;
}

/** @throws `ml/one-class` for fewer than two clusters, `ml/length-mismatch` */
export function clusterCentres(owner: string, x: Matrix, clusters: readonly string[]): readonly ClusterCentre[] {
  checkLength(owner, x, clusters.length);
  const features = x.shape[1]!;
  const groups = [...Map.groupBy(clusters.keys(), (row) => clusters[row]!).values()];
  if (groups.length < 2)
    throw new AthanorError("ml/one-class", `${owner}: expected at least two clusters, got ${groups.length}`, {
      fix: "Give samples of several clusters.",
    });
  return groups.map((members) => {
    const rows = members.map((row) => x.data.subarray(row * features, (row + 1) * features));
    return { rows, centre: centreOf(rows, features) };
  });
}

/** Mean of rows, column by column. */
export const centreOf = (rows: readonly Float32Array[], features: number): Float64Array =>
  Float64Array.from({ length: features }, (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);

export function distanceBetween(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let square = 0;
  for (let j = 0; j < a.length; j++) square += (a[j]! - b[j]!) ** 2;
  return Math.sqrt(square);
}
