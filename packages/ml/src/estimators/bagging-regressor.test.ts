import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { checkEstimator } from "../testing/check-estimator.ts";
import { baggingRegressor } from "./bagging-regressor.ts";
import { gaussianNaiveBayes } from "./gaussian-naive-bayes.ts";
import { ridge } from "./ridge.ts";

checkEstimator(({ seed }) => baggingRegressor({ nEstimators: 8, seed }), { countsRows: true });

const random = Random.from(4);
const rows = Array.from({ length: 80 }, () => [random.normal(), random.normal()]);
const x = matrixFrom(rows);
const y = rows.map(([a, b]) => a! - 2 * b! + 0.2 * random.normal());

it("is its member where nothing is drawn", async () => {
  const model = await baggingRegressor({ member: ridge(), bootstrap: false, nEstimators: 2 }).fit(x, y);
  const own = (await ridge().fit(x, y)).predict(x);
  for (const [row, value] of model.predict(x).entries()) expect(value).toBeCloseTo(own[row]!, 12);
  expect(model.state.outOfBagScore).toBeNull();
});

it("scores itself by samples that members did not see", async () => {
  const { outOfBagScore } = (await baggingRegressor({ member: ridge() }).fit(x, y)).state;
  expect(outOfBagScore).toBeGreaterThan(0.95);
  expect(outOfBagScore).toBeLessThan(1);
});

it("refuses a classifier", () => {
  expect(() => baggingRegressor({ member: gaussianNaiveBayes() as never })).toThrow(
    expect.objectContaining({ code: "ml/members" }),
  );
});
