import { float32, int64, Random } from "@athanor/core";
import { expect, it } from "vitest";
import { fit } from "../../fit.ts";
import { meanSquaredError } from "../../losses/index.ts";
import { adamW } from "../../optimizers/index.ts";
import { tableNetwork } from "./table-network.ts";

/** A step of the first number, on a side that the category decides. */
function samples(count: number, seed: number) {
  const random = Random.from(seed);
  const rows = Array.from({ length: count }, () => ({
    numbers: [random.normal(), random.normal()],
    category: random.integer(3),
  }));
  return {
    x: {
      numbers: float32(rows.flatMap(({ numbers }) => numbers)).reshape([count, 2]),
      categories: int64(rows.map(({ category }) => category)).reshape([count, 1]),
    },
    y: float32(
      rows.map(({ numbers: [first], category }) => (first! > 0.5 === (category === 1) ? 1 : -1)),
      [count, 1],
    ),
  };
}

it("learns steps of numbers and what categories do to them", async () => {
  const network = tableNetwork({ numbers: 2, categories: [3], outputs: 1, hidden: [16] });
  const { history } = await fit(network, samples(240, 1), {
    loss: meanSquaredError(),
    optimizer: adamW(),
    learningRate: 0.03,
    epochs: 12,
    batchSize: 40,
    seed: 1,
    threads: 1,
    validation: samples(100, 2),
  });
  expect(history.at(-1)!.validation!.loss).toBeLessThan(0.4);
});

it.each([
  { numbers: 3, categories: [], inputs: ["numbers"] },
  { numbers: 0, categories: [4, 5], inputs: ["categories"] },
])("takes tables of one kind of column: $inputs", ({ inputs, ...shape }) => {
  expect(Object.keys(tableNetwork({ ...shape, outputs: 1, hidden: [4] }).inputs)).toEqual(inputs);
});
