import { Random } from "@athanor/core";
import { tableFromRows } from "@athanor/data";
import { expect, it } from "vitest";
import { segments } from "./segments.ts";

it("chooses the number of groups and says what marks them", async () => {
  const random = Random.from(5);
  const rows = Array.from({ length: 120 }, (_, i) => ({
    id: `c${i}`,
    visits: [1, 10, 10][i % 3]! + 0.3 * random.normal(),
    basket: [50, 50, 5][i % 3]! + random.normal(),
  }));
  const options = {
    from: "people",
    key: "id",
    features: ["visits", "basket"],
    minClusters: 2,
    maxClusters: 6,
    by: "silhouette" as const,
    entity: "Person",
  };
  const { data, table, findings } = await segments.definition.mine({
    name: "kinds",
    options,
    seed: 1,
    table: async () => tableFromRows(rows),
  });
  const groups = data.groups as Readonly<Record<string, number>>;
  expect(table.rows).toHaveLength(3);
  for (let kind = 0; kind < 3; kind++)
    expect(new Set(rows.filter((_, i) => i % 3 === kind).map(({ id }) => groups[id])).size).toBe(1);
  expect(findings[0]!.entities).toHaveLength(40);
  expect(findings[0]!.entities![0]!.type).toBe("Person");
  expect(findings[0]!.sentence.en).toMatch(/^Group 1, 40 rows: (high|low) /);
});
