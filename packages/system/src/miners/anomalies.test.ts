import { Random } from "@athanor/core";
import { tableFromRows } from "@athanor/data";
import { expect, it } from "vitest";
import { rankFindings } from "../miner/finding.ts";
import { anomalies } from "./anomalies.ts";

const random = Random.from(3);
const rows = Array.from({ length: 120 }, (_, i) => {
  const size = random.normal();
  return { id: `p${i}`, height: 170 + 8 * size, weight: 65 + 9 * size + random.normal() };
});
rows[7] = { id: "p7", height: 171, weight: 250 };
rows[30] = { id: "p30", height: 184, weight: 52 };
const options = {
  ...{ from: "people", key: "id", features: ["height", "weight"], threshold: 3.5, most: 5, entity: "Person" },
};

it.each(["forest", "density"] as const)("names what stands out, and why, by %s", async (method) => {
  const { findings, table } = await anomalies.definition.mine({
    ...{ name: "odd", options: { ...options, method }, seed: 1, table: async () => tableFromRows(rows) },
  });
  const [first] = rankFindings(findings);
  expect(first!.sentence.en).toMatch(
    /^p7 stands out: weight 250 \(median \d+(\.\d+)?, \d+(\.\d+)? deviations above\)\.$/,
  );
  expect(first!.sentence.zh).toContain("weight 为 250");
  expect(first!.pValue).toBeLessThan(1e-6);
  expect(first!.entities).toEqual([{ type: "Person", key: "p7" }]);
  expect(first!.query).toBe(`SELECT * FROM "people" WHERE CAST("id" AS VARCHAR) = 'p7'`);
  expect(table.rows[0]!.slice(2)).toEqual([171, 250]);
  if (method === "density")
    expect(findings.map(({ sentence }) => sentence.en)).toContain(
      "p30 stands out: an unusual combination of height, weight.",
    );
});
