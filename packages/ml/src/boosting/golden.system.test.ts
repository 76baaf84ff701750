import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { histGradientBoostingClassifier } from "../estimators/hist-gradient-boosting-classifier.ts";
import { histGradientBoostingRegressor } from "../estimators/hist-gradient-boosting-regressor.ts";
import { golden } from "../testing/check-golden.ts";

interface Recorded {
  readonly records: Readonly<
    Record<
      string,
      {
        readonly kind: "classifier" | "regressor";
        readonly options: object;
        readonly features: number;
        readonly learnFrom: number;
        readonly loss: number;
        readonly x: readonly (number | null)[];
        readonly y: readonly number[];
        readonly predicted: readonly number[];
      }
    >
  >;
}
const { records } = golden<Recorded>("boosting");

/** Trees deal the rows they have seen out alike, so that losses agree to the rounding of gradients. */
const tolerance = 1e-6;
/** Which sets of names are tried is a heuristic, and the two differ where names are rare. */
const nominalTolerance = 0.06;
/**
 * Mean distance over the range of predictions. Unseen rows may differ where two splits are equally good, where a value
 * lies on a threshold, and where it is missing though none was in training: it follows most rows here, and goes right there.
 */
const unseenTolerance = 0.012;

describe("histogram gradient boosting beside scikit-learn", () => {
  it.each(Object.entries(records))("on %s", async (_, record) => {
    const { kind, options, features, learnFrom, x, y, predicted } = record;
    const data = Float32Array.from(x, (value) => value ?? Number.NaN);
    const seen = float32(data.subarray(0, learnFrom * features), [learnFrom, features]);
    const unseen = float32(data.subarray(learnFrom * features), [y.length - learnFrom, features]);
    const targets = y.slice(0, learnFrom);
    let loss = 0;
    let scores: Float64Array;
    if (kind === "classifier") {
      const model = await histGradientBoostingClassifier(options).fit(seen, targets.map(String));
      const own = model.predictProbabilities(seen);
      loss =
        targets.reduce((sum, label, row) => sum - Math.log(own[row * model.labels.length + label]!), 0) / learnFrom;
      scores = model.predictProbabilities(unseen);
    } else {
      const model = await histGradientBoostingRegressor(options).fit(seen, targets);
      loss = model.predict(seen).reduce((sum, value, row) => sum + (value - targets[row]!) ** 2, 0) / learnFrom;
      scores = model.predict(unseen);
    }
    const spread = kind === "classifier" ? 1 : Math.max(...predicted) - Math.min(...predicted);
    const apart =
      predicted.reduce((sum, value, i) => sum + Math.abs(scores[i]! - value), 0) / predicted.length / spread;
    expect(Math.abs(loss / record.loss - 1)).toBeLessThan("categorical" in options ? nominalTolerance : tolerance);
    expect(apart).toBeLessThan(unseenTolerance);
  });
});
