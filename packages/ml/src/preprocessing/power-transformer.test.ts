import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { varianceOf } from "../columns/moments.ts";
import { matrixFrom } from "../matrix.ts";
import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { powerTransformer } from "./power-transformer.ts";

checkTransformer(powerTransformer);
checkSameFeatures("powerTransformer", powerTransformer);

it("makes a lognormal column normal by Box and Cox", async () => {
  const random = Random.from(6);
  const x = matrixFrom(Array.from({ length: 500 }, () => [Math.exp(random.normal())]));
  const model = await powerTransformer({ method: "boxCox" }).fit(x);
  const values = Float64Array.from(model.transform(x).data);
  expect(varianceOf(values)).toBeCloseTo(1, 5);
  const skew = values.reduce((sum, value) => sum + value ** 3, 0) / 500;
  expect(Math.abs(skew)).toBeLessThan(0.05);
});

it("refuses what is not positive under Box and Cox", async () => {
  await expect(powerTransformer({ method: "boxCox" }).fit(matrixFrom([[1], [0]]))).rejects.toMatchObject({
    code: "ml/not-positive",
  });
});
