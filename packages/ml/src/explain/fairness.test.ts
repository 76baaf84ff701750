import { expect, it } from "vitest";
import { fairness } from "./fairness.ts";

it("measures how far apart two groups lie", () => {
  const truth = [..."yynnyynn"];
  const predicted = [..."yynyynnn"];
  const { groups, ...between } = fairness(truth, predicted, [..."aaaabbbb"], "y");
  expect(groups.a).toEqual({
    rows: 4,
    selection: 0.75,
    truePositive: 1,
    falsePositive: 0.5,
    accuracy: 0.75,
    precision: 2 / 3,
  });
  expect(groups.b).toMatchObject({ selection: 0.25, truePositive: 0.5, falsePositive: 0, precision: 1 });
  expect(between).toEqual({
    selectionDifference: 0.5,
    selectionRatio: 1 / 3,
    oddsDifference: 0.5,
    opportunityDifference: 0.5,
  });
});

it("leaves a rate out of which a group has no case", () => {
  const { oddsDifference } = fairness([..."yyyn"], [..."yyyn"], [..."aabb"], "y");
  expect(oddsDifference).toBe(0);
});
