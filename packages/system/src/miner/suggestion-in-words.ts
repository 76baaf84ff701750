import { type CleaningSuggestion, sqlName, sqlText } from "@athanor/data";
import type { Wording } from "../language.ts";
import { plainNumber } from "./plain-number.ts";

type Problem = CleaningSuggestion["problem"];
type Said = CleaningSuggestion & {
  readonly column: string;
  readonly of: number;
  readonly share: string;
  readonly list: string;
};

const count = (rows: number) => (rows === 1 ? "1 row" : `${rows} rows`);

const words: Readonly<Record<Problem, (suggestion: Said) => Wording>> = {
  missing: ({ column, rows, share, fix, instead }) => ({
    en: `${column} is missing in ${count(rows)} (${share}): ${fix === "impute" ? `put ${instead} there` : "leave the column out"}.`,
    zh: `${column} 缺失 ${rows} 行（${share}）：${fix === "impute" ? `可填入 ${instead}` : "可去掉该列"}。`,
  }),
  constant: ({ column }) => ({
    en: `${column} holds one value at most: leave the column out.`,
    zh: `${column} 至多只有一个值：可去掉该列。`,
  }),
  placeholder: ({ column, rows, list }) => ({
    en: `${column} says ${list} in ${count(rows)}: take that for missing.`,
    zh: `${column} 有 ${rows} 行为 ${list}：可视为缺失。`,
  }),
  "numbers-as-text": ({ column, list }) => ({
    en: `${column} holds numbers as text${list && `, but for ${list}`}: turn it into numbers.`,
    zh: `${column} 以文本存放数字${list && `，只有 ${list} 不是`}：可转为数字。`,
  }),
  "times-as-text": ({ column, list }) => ({
    en: `${column} holds times as text${list && `, but for ${list}`}: turn it into times.`,
    zh: `${column} 以文本存放时间${list && `，只有 ${list} 不是`}：可转为时间。`,
  }),
  spellings: ({ column, rows, list, instead }) => ({
    en: `${column} spells “${instead}” as ${list} in ${count(rows)}: write it one way.`,
    zh: `${column} 有 ${rows} 行把「${instead}」写作 ${list}：可统一写法。`,
  }),
  outliers: ({ column, rows, fences }) => ({
    en: `${column} lies below ${plainNumber(fences![0])} or above ${plainNumber(fences![1])} in ${count(rows)}: check them.`,
    zh: `${column} 有 ${rows} 行低于 ${plainNumber(fences![0])} 或高于 ${plainNumber(fences![1])}：请核对。`,
  }),
  "same-column": ({ columns: [column, kept] }) => ({
    en: `${column} follows from ${kept}: leave one of them out.`,
    zh: `${column} 可由 ${kept} 得出：可去掉其中一列。`,
  }),
  "duplicate-rows": ({ rows, share }) => ({
    en: `${count(rows)} (${share}) like one before: drop what is repeated.`,
    zh: `${rows} 行（${share}）与前面的行相同：可删去。`,
  }),
};

/** A suggestion as a plain sentence. */
export function suggestionInWords(suggestion: CleaningSuggestion, of: number): Wording {
  const list = (suggestion.examples ?? []).map((example) => JSON.stringify(example)).join(", ");
  const share = `${plainNumber((100 * suggestion.rows) / of)} %`;
  return words[suggestion.problem]({ ...suggestion, column: suggestion.columns[0]!, of, share, list });
}

/** A SELECT that shows the rows, or values, that a suggestion is about. */
export function suggestionQuery({ problem, columns, examples = [], fences }: CleaningSuggestion, from: string): string {
  const [source, column] = [sqlName(from), sqlName(columns[0]!)];
  const listed = examples.map(sqlText).join(", ");
  switch (problem) {
    case "missing":
      return `SELECT * FROM ${source} WHERE ${column} IS NULL`;
    case "outliers":
      return `SELECT * FROM ${source} WHERE ${column} < ${fences![0]} OR ${column} > ${fences![1]}`;
    case "placeholder":
    case "spellings":
      return `SELECT ${column}, count(*) AS "rows" FROM ${source} WHERE ${column} IN (${listed}) GROUP BY 1`;
    case "duplicate-rows":
      return `SELECT *, count(*) AS "rows" FROM ${source} GROUP BY ALL HAVING count(*) > 1`;
    case "same-column":
      return `SELECT DISTINCT ${column}, ${sqlName(columns[1]!)} FROM ${source} ORDER BY 1`;
    default:
      return `SELECT ${column}, count(*) AS "rows" FROM ${source} GROUP BY 1 ORDER BY 2 DESC`;
  }
}
