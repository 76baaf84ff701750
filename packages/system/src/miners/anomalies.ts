import { integer, oneOf, real, required, text, texts } from "@athanor/core";
import { cellOf, columnOf, numbersOf, sqlName, sqlText } from "@athanor/data";
import { isolationForest, localOutlierFactor, robustZ, standardise, twoSided } from "@athanor/mining";
import { defineMiner } from "../miner/define-miner.ts";
import { plainNumber } from "../miner/plain-number.ts";

/** Rows that are unlike the others, and the columns that make them so. */
export const anomalies = defineMiner({
  name: "anomalies",
  summary: "Rows that are unlike the others",
  options: {
    from: text(required, "the source of the rows"),
    key: text(required, "the column that names a row"),
    features: texts(required, "columns of numbers to compare by"),
    method: oneOf(
      "forest",
      "forest: rows that random splits part from all others; density: rows that lie sparser than their neighbours",
      ["forest", "density"],
    ),
    threshold: real(
      3.5,
      "robust standard deviations that an anomaly's score, or a value that explains it, lies from the median",
      { min: 1 },
    ),
    most: integer(20, "anomalies to name", { min: 1 }),
    entity: text("", "the type of the graph's entities that the rows are"),
  },
  reads: ({ from }) => [from],
  async mine({ name, options, seed, table, signal, onProgress }) {
    const { from, key, features, method, threshold, most, entity } = options;
    const rows = await table(from);
    const columns = features.map((feature) => {
      const values = numbersOf(columnOf(rows, feature, `mine.${name}`), `mine.${name}`);
      return { feature, values, robust: robustZ(values) };
    });
    const values = Float64Array.from(
      { length: rows.rows * features.length },
      (_, i) => columns[i % features.length]!.values[Math.floor(i / features.length)]!,
    );
    const points = standardise({ values, features: features.length });
    const scores =
      method === "forest"
        ? await isolationForest(points, { seed, signal, onProgress })
        : await localOutlierFactor(points, { signal, onProgress });
    const standing = robustZ(scores).z;
    const keyColumn = columnOf(rows, key, `mine.${name}`);
    const found = Array.from(scores.keys())
      .filter((row) => standing[row]! > threshold)
      .sort((a, b) => scores[b]! - scores[a]!)
      .slice(0, most)
      .map((row) => ({
        row,
        key: String(cellOf(keyColumn, row)),
        reasons: columns
          .map(({ feature, values: all, robust }) => ({
            feature,
            value: all[row]!,
            median: robust.median,
            z: robust.z[row]!,
          }))
          .filter(({ z }) => Math.abs(z) > threshold)
          .sort((a, b) => Math.abs(b.z) - Math.abs(a.z)),
      }));
    return {
      title: { en: `${name}: ${found.length} rows unlike the others`, zh: `${name}：${found.length} 行与众不同` },
      findings: found.map(({ row, key: own, reasons }) => {
        const en = reasons
          .slice(0, 3)
          .map(
            ({ feature, value, median, z }) =>
              `${feature} ${plainNumber(value)} (median ${plainNumber(median)}, ${plainNumber(Math.abs(z))} deviations ${z > 0 ? "above" : "below"})`,
          );
        const zh = reasons
          .slice(0, 3)
          .map(
            ({ feature, value, median, z }) =>
              `${feature} 为 ${plainNumber(value)}（中位数 ${plainNumber(median)}，${z > 0 ? "高" : "低"} ${plainNumber(Math.abs(z))} 个标准差）`,
          );
        return {
          sentence: {
            en: `${own} stands out: ${en.join(", ") || `an unusual combination of ${features.join(", ")}`}.`,
            zh: `${own} 与众不同：${zh.join("，") || `${features.join("、")} 的组合少见`}。`,
          },
          about: [own],
          strength: method === "forest" ? scores[row]! : Math.max(0, 1 - 1 / scores[row]!),
          // Bonferroni over all values that were looked at, against a normal distribution around the median.
          ...(reasons[0] && { pValue: Math.min(1, twoSided(reasons[0].z) * values.length) }),
          query: `SELECT * FROM ${sqlName(from)} WHERE CAST(${sqlName(key)} AS VARCHAR) = ${sqlText(own)}`,
          ...(entity && { entities: [{ type: entity, key: own }] }),
        };
      }),
      table: {
        columns: [key, "score", ...features],
        rows: found.map(({ row, key: own }) => [own, scores[row]!, ...columns.map((column) => column.values[row]!)]),
      },
      data: { anomalies: found.map(({ row, key: own }) => ({ key: own, score: scores[row]! })) },
    };
  },
});
