import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { simpleImputer } from "./simple-imputer.ts";

checkTransformer(simpleImputer);
checkSameFeatures("simpleImputer", simpleImputer);

it.each([
  ["mean", 2],
  ["median", 1],
  ["mostFrequent", 1],
  ["constant", 9],
] as const)("fills with the %s", async (strategy, fill) => {
  const x = matrixFrom([[1], [1], [Number.NaN], [4]]);
  const model = await simpleImputer({ strategy, fillValue: 9 }).fit(x);
  expect(Array.from(model.transform(x).data)).toEqual([1, 1, fill, 4]);
});
