import { expect, it } from "vitest";
import { ridge } from "../estimators/index.ts";
import { matrixFrom } from "../matrix.ts";
import { partialDependence } from "./partial-dependence.ts";

const rows = Array.from({ length: 60 }, (_, i) => [i / 60, (i * 7) % 5]);
const x = matrixFrom(rows);

it("is a line for a linear model, from quantile to quantile", async () => {
  const model = await ridge({ alpha: 0 }).fit(
    x,
    rows.map(([a, b]) => 3 * a! - b!),
  );
  const line = partialDependence(model.predict, x, 0, { points: 11 });
  expect(line).toHaveLength(11);
  expect((line[10]!.mean - line[0]!.mean) / (line[10]!.value - line[0]!.value)).toBeCloseTo(3, 4);
});

it("takes each value of a feature that has few, and one output of several", () => {
  const predict = ({ data }: typeof x) => Float64Array.from(data, (value) => value ** 2);
  const steps = partialDependence(predict, x, 1, { output: 1, outputs: 2 });
  expect(steps.map(({ value, mean }) => [value, mean])).toEqual([0, 1, 2, 3, 4].map((value) => [value, value ** 2]));
});
