import { integer, oneOf, required, text, texts } from "@athanor/core";
import { columnOf, numbersOf, sqlName } from "@athanor/data";
import { defineMiner } from "../miner/define-miner.ts";
import type { Finding } from "../miner/finding.ts";
import { seriesFindings } from "../miner/series-findings.ts";
import { type Interval, intervals, timeBuckets, timeLabel, usualPeriods } from "../miner/time-buckets.ts";

/** How numbers change with time: trends, seasons, steps, and what to expect next. */
export const trends = defineMiner({
  name: "trends",
  summary: "How numbers change with time",
  options: {
    from: text(required, "the source of the rows"),
    time: text(required, "the column of times"),
    values: texts(required, "columns of numbers"),
    every: oneOf("month", "the time that rows are brought together by; none takes them one by one", intervals),
    aggregate: oneOf("sum", "how the rows of an interval become one number", ["sum", "mean"]),
    period: integer(0, "values in a season, 1 for none, 0 for what the interval usually has", { min: 0 }),
    horizon: integer(6, "values to foresee", { min: 0, max: 1000 }),
  },
  reads: ({ from }) => [from],
  async mine({ name, options, seed, table, signal, onProgress }) {
    const { from, time, values, every, aggregate, horizon } = options;
    const rows = await table(from);
    const numbers = (column: string) => numbersOf(columnOf(rows, column, `mine.${name}`), `mine.${name}`);
    const period = options.period || usualPeriods[every as Interval];
    const findings: Finding[] = [];
    const tableRows: (readonly (string | number)[])[] = [];
    const data: Record<string, unknown> = {};
    for (const column of values) {
      const series = timeBuckets(numbers(time), numbers(column), every, aggregate);
      const when = every === "none" ? sqlName(time) : `date_trunc('${every}', ${sqlName(time)})`;
      const whole = aggregate === "sum" ? "sum" : "avg";
      const query =
        every === "none"
          ? `SELECT ${when}, ${sqlName(column)} FROM ${sqlName(from)} ORDER BY 1`
          : `SELECT ${when} AS "time", ${whole}(${sqlName(column)}) AS "value" FROM ${sqlName(from)} GROUP BY 1 ORDER BY 1`;
      const found = await seriesFindings(column, series, {
        every,
        period,
        horizon,
        seed,
        query,
        tests: values.length,
        signal,
      });
      findings.push(...found.findings);
      data[column] = found.data;
      for (const [i, value] of series.values.entries())
        tableRows.push([column, timeLabel(series.times[i]!, every), value]);
      onProgress?.({
        stage: "looking at series",
        done: Object.keys(data).length,
        total: values.length,
        unit: "columns",
      });
    }
    return {
      title: { en: `${name}: ${values.join(", ")} with time`, zh: `${name}：${values.join("、")} 随时间的变化` },
      findings,
      table: { columns: ["column", "time", "value"], rows: tableRows.slice(-inTable) },
      data,
    };
  },
});

/** The latest rows are worth a look. */
const inTable = 60;
