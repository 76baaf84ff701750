import { tableFromRows } from "@athanor/data";
import { expect, it } from "vitest";
import { claimsOf, rankFindings } from "../miner/finding.ts";
import { associationRules } from "./association-rules.ts";

const table = async () =>
  tableFromRows(
    ["a", "b", "c", "d"].flatMap((basket) => [
      { basket, item: basket < "c" ? "tea" : "ink" },
      { basket, item: basket < "c" ? "cup" : "pen" },
    ]),
  );
const { definition } = associationRules;
const options = {
  from: "baskets",
  transaction: "basket",
  item: "item",
  minSupport: 0.4,
  minConfidence: 0.9,
  minLift: 1.5,
  maxLength: 3,
  level: 0,
  withoutRedundant: false,
  entity: "Good",
};

it("finds what goes together, in words and as rows", async () => {
  expect(definition.reads(options)).toEqual(["baskets"]);
  const { findings, table: rows, data } = await definition.mine({ name: "goods", options, seed: 1, table });
  expect(rows.rows).toContainEqual(["tea", "cup", 2, 0.5, 1, 2]);
  expect(findings[0]!.sentence.en).toMatch(/^Of those with “.+”, 100 % also have “.+”/);
  expect(findings.map(({ sentence }) => sentence.zh)).toHaveLength(4);
  // The rules in either direction are about the same.
  expect(rankFindings(findings)).toHaveLength(2);
  expect(claimsOf("mine:goods", findings).relations[0]).toMatchObject({ type: "ABOUT", to: { type: "Good" } });
  expect(data.transactions).toBe(4);
});

it("names a column that is not there", async () => {
  await expect(
    definition.mine({ name: "goods", options: { ...options, item: "itme" }, seed: 1, table }),
  ).rejects.toMatchObject({ code: "data/unknown-column" });
});
