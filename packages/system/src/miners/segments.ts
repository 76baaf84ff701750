import { integer, oneOf, required, text, texts } from "@athanor/core";
import { cellOf, columnOf, numbersOf, sqlName } from "@athanor/data";
import { chooseClusters, standardise } from "@athanor/mining";
import { defineMiner } from "../miner/define-miner.ts";

/** Standard deviations from the mean that mark a group. */
const mark = 0.4;

/** Groups of rows that are alike; their number is chosen by how well they separate. */
export const segments = defineMiner({
  name: "segments",
  summary: "Groups of rows that are alike",
  options: {
    from: text(required, "the source of the rows"),
    key: text(required, "the column that names a row"),
    features: texts(required, "columns of numbers to compare by"),
    minClusters: integer(2, "fewest groups to try", { min: 1 }),
    maxClusters: integer(8, "most groups to try", { min: 2, max: 50 }),
    by: oneOf("silhouette", "how numbers of groups are compared; gap may find a single one", [
      "silhouette",
      "gap",
      "bic",
    ]),
    entity: text("", "the type of the graph's entities that the rows are"),
  },
  reads: ({ from }) => [from],
  async mine({ name, options, seed, table, signal, onProgress }) {
    const { from, key, features, minClusters, maxClusters, by, entity } = options;
    const rows = await table(from);
    const columns = features.map((feature) => numbersOf(columnOf(rows, feature, `mine.${name}`), `mine.${name}`));
    const values = Float64Array.from(
      { length: rows.rows * features.length },
      (_, i) => columns[i % features.length]![Math.floor(i / features.length)]!,
    );
    const points = standardise({ values, features: features.length });
    const fewest = by === "silhouette" ? Math.max(2, minClusters) : minClusters;
    const { clusters, found, tried } = await chooseClusters(points, {
      fewest,
      most: maxClusters,
      by,
      seed,
      signal,
      onProgress,
    });
    const sizes = new Array<number>(clusters).fill(0);
    for (const label of found.labels) sizes[label]!++;
    const centre = (cluster: number, j: number) =>
      found.centroids[cluster * features.length + j]! * points.deviations[j]! + points.means[j]!;
    const order = sizes.map((_, cluster) => cluster).sort((a, b) => sizes[b]! - sizes[a]!);
    const place = new Map(order.map((cluster, i) => [cluster, i + 1]));
    const keyColumn = columnOf(rows, key, `mine.${name}`);
    const keys = Array.from(found.labels, (_, row) => String(cellOf(keyColumn, row)));
    const words = (cluster: number, high: string, low: string) =>
      features
        .map((feature, j) => ({
          feature,
          z: found.centroids[cluster * features.length + j]!,
          value: centre(cluster, j),
        }))
        .filter(({ z }) => Math.abs(z) > mark)
        .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
        .slice(0, 3)
        .map(({ feature, z, value }) => `${z > 0 ? high : low} ${feature} (${value.toPrecision(3)})`);
    // The squared distance to each centre on the scale that groups were found on; a missing value is the mean.
    const distances = order.map((cluster) =>
      features
        .map((feature, j) => {
          const value = `coalesce(${sqlName(feature)}, ${points.means[j]})`;
          return `power((${value} - ${centre(cluster, j)}) / ${points.deviations[j]}, 2)`;
        })
        .join(" + "),
    );
    const nearest = distances.map((distance, i) => `${distance} AS d${i + 1}`).join(", ");
    return {
      title: { en: `${name}: ${clusters} groups`, zh: `${name}：${clusters} 组` },
      findings: order.map((cluster, i) => ({
        sentence: {
          en: `Group ${i + 1}, ${sizes[cluster]} rows: ${words(cluster, "high", "low").join(", ") || "near the average"}.`,
          zh: `第 ${i + 1} 组，${sizes[cluster]} 行：${words(cluster, "较高", "较低").join("，") || "接近平均"}。`,
        },
        about: [`group ${i + 1}`],
        strength: sizes[cluster]! / rows.rows,
        query: `SELECT count(*) AS "rows", ${features.map((feature) => `avg(${sqlName(feature)}) AS ${sqlName(feature)}`).join(", ")} FROM (SELECT *, ${nearest} FROM ${sqlName(from)}) WHERE d${i + 1} = least(${distances.map((_, other) => `d${other + 1}`).join(", ")})`,
        ...(entity && {
          entities: keys.filter((_, row) => found.labels[row] === cluster).map((each) => ({ type: entity, key: each })),
        }),
      })),
      table: {
        columns: ["group", "rows", ...features],
        rows: order.map((cluster, i) => [i + 1, sizes[cluster]!, ...features.map((_, j) => centre(cluster, j))]),
      },
      data: {
        [by]: tried.find((each) => each.clusters === clusters)!.score,
        tried,
        groups: Object.fromEntries(keys.map((each, row) => [each, place.get(found.labels[row]!)!])),
      },
    };
  },
});
