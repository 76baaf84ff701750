import { expect, it } from "vitest";
import { matrixFrom } from "../matrix.ts";
import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { oneHotEncoder } from "./one-hot-encoder.ts";

checkTransformer(oneHotEncoder);
checkSameFeatures("oneHotEncoder", oneHotEncoder);

it("keeps the most frequent values, and gives nothing for others", async () => {
  const x = matrixFrom([[3], [1], [3], [1], [2], [Number.NaN]]);
  const model = await oneHotEncoder({ maxCategories: 2 }).fit(x);
  expect(model.featureNames(["plan"])).toEqual(["plan=1", "plan=3"]);
  expect(Array.from(model.transform(x).data)).toEqual([0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
});
