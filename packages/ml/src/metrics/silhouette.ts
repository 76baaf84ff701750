import type { Matrix } from "../matrix.ts";

/**
 * Mean over samples of how much nearer their own cluster is than the next one, from −1 to 1.
 *
 * @see Rousseeuw 1987, "Silhouettes", https://doi.org/10.1016/0377-0427(87)90125-7
 */
export function silhouette({ data, shape: [rows = 0, features = 0] }: Matrix, clusters: readonly string[]): number {
  const sizes = new Map<string, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const own = clusters[row]!;
    // A sample alone in its cluster scores 0.
    if (sizes.get(own) === 1) continue;
    const sums = new Map<string, number>();
    for (let other = 0; other < rows; other++) {
      let square = 0;
      for (let j = 0; j < features; j++) square += (data[row * features + j]! - data[other * features + j]!) ** 2;
      sums.set(clusters[other]!, (sums.get(clusters[other]!) ?? 0) + Math.sqrt(square));
    }
    const within = sums.get(own)! / (sizes.get(own)! - 1);
    sums.delete(own);
    const next = Math.min(...Array.from(sums, ([cluster, sum]) => sum / sizes.get(cluster)!));
    total += (next - within) / Math.max(next, within);
  }
  return total / rows;
}
