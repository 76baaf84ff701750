import { integer, real, required, text } from "@athanor/core";
import { profileTable, sqlName } from "@athanor/data";
import { corrected, twoSided } from "@athanor/mining";
import { defineMiner } from "../miner/define-miner.ts";
import { plainNumber } from "../miner/plain-number.ts";
import { suggestionInWords, suggestionQuery } from "../miner/suggestion-in-words.ts";

/** What a table holds, how to clean it, and which of its numbers go together. */
export const quality = defineMiner({
  name: "quality",
  summary: "What is wrong with a table, and which of its columns go together",
  options: {
    from: text(required, "the source of the rows"),
    minCorrelation: real(0.5, "correlations to name, either way", { min: 0, max: 1 }),
    most: integer(20, "correlations to name", { min: 0 }),
  },
  reads: ({ from }) => [from],
  async mine({ name, options: { from, minCorrelation, most }, table, signal, onProgress }) {
    const rows = await table(from);
    const profiled = await profileTable(rows, { signal, onProgress });
    const { suggestions, associations, keys, columns, duplicates } = profiled;
    const correlations = associations.filter(({ measure }) => measure === "pearson");
    // Fisher's z = artanh(r)·√(n − 3) is normal where columns are independent.
    const chances = corrected(
      Float64Array.from(correlations, ({ value, rows: count }) =>
        count > 3 && Math.abs(value) < 1 ? twoSided(Math.atanh(value) * Math.sqrt(count - 3)) : count > 3 ? 0 : 1,
      ),
      "holm",
    );
    const together = correlations
      .map((each, i) => ({ ...each, pValue: chances[i]! }))
      .filter(({ value }) => Math.abs(value) >= minCorrelation)
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .slice(0, most);
    const unique = keys.map((key) => key.join(" + "));
    return {
      title: {
        en: `${name}: ${rows.rows} rows of ${columns.length} columns, ${suggestions.length} suggestions${unique[0] ? `, key ${unique[0]}` : ""}`,
        zh: `${name}：${rows.rows} 行 ${columns.length} 列，${suggestions.length} 条建议${unique[0] ? `，键为 ${unique[0]}` : ""}`,
      },
      findings: [
        ...suggestions.map((suggestion) => ({
          sentence: suggestionInWords(suggestion, rows.rows),
          about: [suggestion.problem, ...suggestion.columns, ...(suggestion.instead ? [suggestion.instead] : [])],
          strength: suggestion.rows / rows.rows,
          query: suggestionQuery(suggestion, from),
        })),
        ...together.map(({ columns: [a, b], value, pValue }) => ({
          sentence: {
            en: `${a} and ${b} go ${value > 0 ? "up together" : "opposite ways"}: correlation ${plainNumber(value)}.`,
            zh: `${a} 与 ${b} ${value > 0 ? "同升同降" : "此消彼长"}：相关系数 ${plainNumber(value)}。`,
          },
          about: [a, b],
          strength: Math.abs(value),
          pValue,
          query: `SELECT corr(${sqlName(a)}, ${sqlName(b)}) AS "correlation" FROM ${sqlName(from)}`,
        })),
      ],
      table: {
        columns: ["column", "type", "missing", "distinct", "outliers"],
        rows: columns.map((column) => [
          column.name,
          column.type,
          column.missing,
          column.distinct,
          column.outliers ?? 0,
        ]),
      },
      data: { keys, duplicates, associations, suggestions },
    };
  },
});
