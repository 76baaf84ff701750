import { Random } from "@athanor/core";
import { tableFromRows } from "@athanor/data";
import { openSession } from "@athanor/runtime";
import { expect, it } from "vitest";
import { checkTask } from "../testing/check-task.ts";
import { recommend } from "./recommendation.ts";

const random = Random.from(3);
const rows = Array.from({ length: 2000 }, () => {
  const [user, item] = [random.integer(40), random.integer(25)];
  return {
    user: `u${user}`,
    item: `i${item}`,
    stars: 3 + (user % 2 === item % 2 ? 1.5 : -1.5) + 0.2 * random.normal(),
  };
});
const declaration = recommend({
  from: "ratings",
  user: "user",
  item: "item",
  rating: "stars",
  factors: 8,
  epochs: 20,
  batchSize: 128,
  dropout: 0,
  weightDecay: 0.01,
});
const tables = { ratings: tableFromRows(rows) };

checkTask({
  declaration,
  tables,
  rows: [
    { user: "u1", item: "i2" },
    { user: "u1", item: "i3" },
    { user: "stranger", item: "i3" },
  ],
  reaches: { metric: "rmse", atMost: 0.6 },
});

it("ranks items for a user, the liked kind first", async () => {
  const definition = recommend.definition;
  const options = {
    ...Object.fromEntries(Object.entries(definition.options).map(([name, { default: value }]) => [name, value])),
    ...declaration.options,
  };
  const context = {
    name: "taste",
    options: options as never,
    seed: 3,
    table: async () => tables.ratings,
    images: async () => expect.unreachable(),
  };
  const { model, card } = await definition.train({
    ...context,
    log: async () => {},
    checkpoint: { load: async () => undefined, save: async () => {} },
  });
  await using session = await openSession(model);
  const [answer] = await definition.predict!({ session, card }, [{ user: "u1" }], {});
  const items = (answer!.recommendations as readonly { item: string }[]).map(({ item }) => Number(item.slice(1)) % 2);
  expect(items).toEqual(items.map(() => 1));
});
