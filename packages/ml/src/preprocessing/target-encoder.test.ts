import { float32, Random } from "@athanor/core";
import { expect, it } from "vitest";
import { matrixFrom, takeSamples } from "../matrix.ts";
import { golden } from "../testing/check-golden.ts";
import { checkSameFeatures } from "../testing/check-same-features.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { told } from "../testing/told.ts";
import { targetEncoder } from "./target-encoder.ts";

interface Recorded {
  readonly set: string;
  readonly options: object;
  readonly values: readonly number[];
}

checkTransformer(targetEncoder);
checkSameFeatures("targetEncoder", targetEncoder);

/** Features are single-precision numbers: seven digits agree. */
const tolerance = 1e-6;

it.each(golden<{ readonly numbers: readonly Recorded[] }>("transformers").numbers)(
  "encodes by the numbers of $set as scikit-learn does, with $options",
  async ({ set, options, values }) => {
    const { x, target } = told(set);
    const places = float32(
      x.data.map((value) => Math.round(4 * value)),
      x.shape,
    );
    const { data } = (await targetEncoder(options).fit(places, target)).transform(takeSamples(places, [0, 1, 2]));
    for (const [i, value] of values.entries())
      expect(Math.abs(data[i]! - value)).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
  },
);

it("draws rare values towards the mean of all, and gives it for those not seen", async () => {
  const rows = [0, 0, 0, 0, 1].map((value) => [value]);
  const model = await targetEncoder({ smooth: 1 }).fit(matrixFrom(rows), ["a", "b", "b", "b", "a"]);
  const encoded = Array.from(model.transform(matrixFrom([[0], [1], [2]])).data);
  for (const [i, value] of [(3 + 0.6) / 5, 0.6 / 2, 0.6].entries()) expect(encoded[i]).toBeCloseTo(value, 6);
});

it("tells no sample its own label", async () => {
  const random = Random.from(3);
  const x = matrixFrom(Array.from({ length: 300 }, (_, i) => [Math.floor(i / 2)]));
  const labels = Array.from({ length: 300 }, () => (random.uniform() < 0.5 ? "a" : "b"));
  const told = (features: Float32Array) =>
    labels.filter((label, row) => (label === "b" ? features[row]! > 0.5 : features[row]! < 0.5)).length / 300;
  const { model, features } = await targetEncoder().fitTransform(x, labels);
  expect(told(model.transform(x).data)).toBeGreaterThan(0.6);
  expect(told(features.data)).toBeLessThan(0.6);
});
