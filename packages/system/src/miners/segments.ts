import { integer, required, text, texts } from "@athanor/core";
import { columnOf, numbersOf } from "@athanor/data";
import { kMeans, silhouette, standardise } from "@athanor/mining";
import { defineMiner } from "../miner/define-miner.ts";

/** Groups of rows that are alike; their number is chosen by how well they separate. */
export const segments = defineMiner({
  name: "segments",
  summary: "Groups of rows that are alike",
  options: {
    from: text(required, "the source of the rows"),
    key: text(required, "the column that names a row"),
    features: texts(required, "columns of numbers to compare by"),
    minClusters: integer(2, "fewest groups to try", { min: 2 }),
    maxClusters: integer(8, "most groups to try", { min: 2, max: 50 }),
  },
  reads: ({ from }) => [from],
  async mine({ name, options: { from, key, features, minClusters, maxClusters }, seed, table, signal, onProgress }) {
    const rows = await table(from);
    const columns = features.map((feature) => numbersOf(columnOf(rows, feature, `mine.${name}`), `mine.${name}`));
    const values = Float64Array.from(
      { length: rows.rows * features.length },
      (_, i) => columns[i % features.length]![Math.floor(i / features.length)]!,
    );
    const points = standardise({ values, features: features.length });
    const tried = [];
    for (let clusters = minClusters; clusters <= maxClusters; clusters++) {
      const found = await kMeans(points, { clusters, seed, signal });
      tried.push({ clusters, found, score: silhouette(points, found.labels, seed) });
      onProgress?.({
        stage: "grouping",
        done: clusters - minClusters + 1,
        total: maxClusters - minClusters + 1,
        unit: "sizes",
      });
    }
    const { clusters, found, score } = tried.reduce((best, each) => (each.score > best.score ? each : best));
    const keys = columnOf(rows, key, `mine.${name}`);
    const sizes = Array.from(
      { length: clusters },
      (_, cluster) => found.labels.filter((label) => label === cluster).length,
    );
    const centre = (cluster: number, j: number) =>
      found.centroids[cluster * features.length + j]! * points.deviations[j]! + points.means[j]!;
    const order = sizes.map((_, cluster) => cluster).sort((a, b) => sizes[b]! - sizes[a]!);
    const describe = (cluster: number) =>
      features
        .map((feature, j) => ({
          feature,
          z: found.centroids[cluster * features.length + j]!,
          value: centre(cluster, j),
        }))
        .filter(({ z }) => Math.abs(z) > 0.4)
        .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
        .slice(0, 3);
    const words = (cluster: number, high: string, low: string) =>
      describe(cluster).map(({ feature, z, value }) => `${z > 0 ? high : low} ${feature} (${value.toPrecision(3)})`);
    return {
      title: { en: `${name}: ${clusters} groups`, zh: `${name}：${clusters} 组` },
      sentences: {
        en: order.map(
          (cluster, i) =>
            `Group ${i + 1}, ${sizes[cluster]} rows: ${words(cluster, "high", "low").join(", ") || "near the average"}.`,
        ),
        zh: order.map(
          (cluster, i) =>
            `第 ${i + 1} 组，${sizes[cluster]} 行：${words(cluster, "较高", "较低").join("，") || "接近平均"}。`,
        ),
      },
      table: {
        columns: ["group", "rows", ...features],
        rows: order.map((cluster, i) => [i + 1, sizes[cluster]!, ...features.map((_, j) => centre(cluster, j))]),
      },
      data: {
        silhouette: score,
        tried: tried.map((each) => ({ clusters: each.clusters, silhouette: each.score })),
        groups: Object.fromEntries(
          Array.from(found.labels, (label, row) => [
            keys.type === "text" ? keys.dictionary[keys.codes[row]!]! : String(keys.values[row]),
            order.indexOf(label) + 1,
          ]),
        ),
      },
    };
  },
});
