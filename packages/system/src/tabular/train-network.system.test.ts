import { existsSync } from "node:fs";
import { join } from "node:path";
import { Random, resolveOptions } from "@athanor/core";
import { csv, type Table, tableFromRows } from "@athanor/data";
import { describe, expect, it } from "vitest";
import type { TaskDeclaration } from "../task/define-task.ts";
import { openModel } from "../task/open-model.ts";
import { classify } from "../tasks/tabular-classification.ts";
import { regress } from "../tasks/tabular-regression.ts";
import { checkTask } from "../testing/check-task.ts";

const random = Random.from(1);
const people = tableFromRows(
  Array.from({ length: 400 }, (_, id) => {
    const [age, plan] = [18 + random.integer(60), random.choice(["gold", "blue"])];
    return { age: id % 20 === 0 ? null : age, plan, left: age > 50 !== (plan === "gold") ? "yes" : "no" };
  }),
);
const small = { network: "mlp", width: 32, layers: 1, batchSize: 32, learningRate: 0.02, epochs: 20 } as const;

describe("a network over a table", () => {
  checkTask({
    declaration: classify({ from: "people", target: "left", metric: "f1", ...small }),
    tables: { people },
    reaches: { metric: "f1", atLeast: 0.85 },
  });

  checkTask({
    declaration: regress({ from: "people", target: "age", ensemble: 2, ...small }),
    tables: { people },
    reaches: { metric: "rmse", atMost: 16 },
  });

  it("is not trained where a search is asked for, too", async () => {
    const training = trained(classify({ from: "people", target: "left", candidates: 3, ...small }), people);
    await expect(training).rejects.toMatchObject({ code: "config/network" });
  });
});

const file = join(
  process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../../../shared/data"),
  "tabular/california_housing_train.csv.gz",
);
describe.skipIf(!existsSync(file))("prices of houses (skipped without their file)", () => {
  it("are predicted as well by a network as by boosting", async () => {
    const houses = await readTable(file);
    const of = { from: "houses", target: "median_house_value" };
    const [network, boosting] = [
      await trained(regress({ ...of, network: "mlp", epochs: 30 }), houses),
      await trained(regress({ ...of, models: ["boosting"] }), houses),
    ];
    expect(boosting.rmse).toBeLessThan(51_000);
    expect(network.rmse).toBeLessThan(1.1 * boosting.rmse!);
  }, 600_000);
});

async function trained({ task, options: given }: TaskDeclaration, table: Table) {
  const context = {
    name: "fixture",
    options: resolveOptions(task.name, task.options, given),
    seed: 3,
    table: async () => table,
    images: async () => Promise.reject(new Error("no images")),
    log: () => {},
    checkpoint: { load: async () => undefined, save: async () => {} },
  };
  const { model, card } = await task.train(context);
  await using opened = await openModel(model, card);
  return (await task.evaluate(context, opened)).metrics;
}

async function readTable(path: string): Promise<Table> {
  const reader = csv({ path });
  for await (const table of reader.open({})) return table;
  throw new Error(`no rows in ${path}`);
}
