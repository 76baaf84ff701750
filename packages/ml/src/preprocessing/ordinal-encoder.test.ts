import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { ordinalEncoder } from "./ordinal-encoder.ts";

checkTransformer(ordinalEncoder);
checkSameFeatures("ordinalEncoder", ordinalEncoder);

it("numbers values in rising order, and marks those that it has not seen", async () => {
  const model = await ordinalEncoder({ unknown: -7 }).fit(matrixFrom([[30], [10], [20]]));
  expect(Array.from(model.transform(matrixFrom([[10], [30], [25], [Number.NaN]])).data)).toEqual([0, 2, -7, -7]);
});
