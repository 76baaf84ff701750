import { Random } from "@athanor/core";
import { tableFromRows } from "@athanor/data";
import { expect, it } from "vitest";
import { rankFindings } from "../miner/finding.ts";
import { trends } from "./trends.ts";

const random = Random.from(8);
/** Seven years of months in two rows each: a season, a trend, a step and noise. */
const rows = Array.from({ length: 168 }, (_, i) => {
  const month = i >> 1;
  return {
    day: Date.UTC(2015, month, 1 + 14 * (i % 2)),
    sales: (100 + month + 20 * Math.cos((Math.PI / 6) * (month - 11)) + random.normal()) / 2,
    visits: (month < 50 ? 40 : 70) / 2 + random.normal(),
    noise: random.normal(),
    fee: 2.5,
  };
});
const plain = tableFromRows(rows);
const table = async () => ({
  ...plain,
  columns: plain.columns.map((column) =>
    column.name === "day" ? { ...column, type: "time" as const } : column,
  ) as never,
});
const mine = async (values: string[], overrides = {}) => {
  const options = {
    ...{ from: "shop", time: "day", values, every: "month" as const, aggregate: "sum" as const },
    period: 0,
    horizon: 3,
  };
  const mined = await trends.definition.mine({ name: "time", options: { ...options, ...overrides }, seed: 1, table });
  return { ...mined, said: rankFindings(mined.findings).map(({ sentence }) => sentence) };
};

it("finds season and trend, and says what comes next", async () => {
  const { said, data, findings } = await mine(["sales"]);
  expect(said.map(({ en }) => en)).toEqual([
    expect.stringMatching(
      /^sales has a season: highest in December \(.+ above the trend\), lowest in June \(.+ below\)\.$/,
    ),
    expect.stringMatching(/^sales rises from about 10\d \(2015-01\) to 17\d \(2021-12\)\.$/),
    expect.stringMatching(/^sales is expected to be 20\d(\.\d)? next, give or take \d+(\.\d+)? \(19 times in 20\)\.$/),
  ]);
  expect(said[0]!.zh).toMatch(/^sales (有季节性：12 月最高|从约)/);
  expect(findings[0]!.query).toBe(
    `SELECT date_trunc('month', "day") AS "time", sum("sales") AS "value" FROM "shop" GROUP BY 1 ORDER BY 1`,
  );
  const { forecast } = data.sales as { forecast: { means: number[] } };
  // January to March of the eighth year.
  for (const [step, value] of forecast.means.entries())
    expect(Math.abs(value - (184 + step + 20 * Math.cos((Math.PI / 6) * (step + 1))))).toBeLessThan(6);
});

it("finds a step, and nothing in noise but what to expect of it", async () => {
  expect((await mine(["visits"], { period: 1 })).said.map(({ en }) => en)).toContainEqual(
    expect.stringMatching(/^visits steps from (39|40)(\.\d)? to (69|70)(\.\d)? in 2019-03\.$/),
  );
  expect((await mine(["noise"])).said.map(({ en }) => en)).toEqual([expect.stringMatching(/^noise is expected/)]);
  expect((await mine(["fee"])).said).toEqual([]);
});
