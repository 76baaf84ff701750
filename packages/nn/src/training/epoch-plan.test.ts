import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { shuffled } from "../samplers/shuffled.ts";
import { epochPlan, type PlanOptions } from "./epoch-plan.ts";

const options: PlanOptions = {
  count: 10,
  batchSize: 4,
  sampler: shuffled(),
  random: Random.from(1),
  dropsLast: () => false,
};
const lengths = (plan: ReturnType<typeof epochPlan>, epoch = 1) => plan.batches(epoch).map(({ length }) => length);

it("walks over every row, those that fill no batch last", () => {
  const plan = epochPlan(options);
  expect([plan.stepsPerEpoch, plan.lengths, lengths(plan)]).toEqual([3, [4, 2], [4, 4, 2]]);
  const rows = plan.batches(2).flatMap((batch) => [...batch]);
  expect(rows.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(plan.batches(2)).toEqual(epochPlan(options).batches(2));
  expect(plan.batches(2)).not.toEqual(plan.batches(1));
});

it("leaves them out when asked, each epoch others", () => {
  const plan = epochPlan({ ...options, dropsLast: (rest) => rest < 3 });
  expect([plan.stepsPerEpoch, plan.lengths, lengths(plan)]).toEqual([2, [4], [4, 4]]);
});

it("repeats the first batches when it is given only some", () => {
  const plan = epochPlan({ ...options, onlyBatches: 2 });
  expect(plan.lengths).toEqual([4]);
  expect(plan.batches(7)).toEqual(epochPlan(options).batches(1).slice(0, 2));
});
