import { describe, expect, it } from "vitest";
import type { ClassifierEstimator } from "../define-classifier.ts";
import type { RegressorEstimator } from "../define-regressor.ts";
import { matrixFrom } from "../matrix.ts";
import { golden } from "./check-golden.ts";

interface Recorded {
  readonly data: Readonly<Record<string, { readonly x: number[][]; readonly y: number[]; readonly testX: number[][] }>>;
  readonly records: Readonly<
    Record<
      string,
      readonly {
        readonly set: string;
        readonly options: object;
        readonly sampleWeight?: readonly number[];
        /** Probabilities or predictions of the rows set aside. */
        readonly values?: readonly number[];
        readonly labels?: readonly number[];
        readonly coefficients?: readonly number[];
        readonly intercepts?: readonly number[];
      }[]
    >
  >;
}

/** Recorded values have nine digits, and iterative estimators stop within 1e-10 of the optimum on both sides. */
const nineDigits = 1e-6;
/** Kernels are single-precision numbers here and double there: seven digits, of which sums of large coefficients lose some. */
export const singlePrecision = 1e-4;

/** An estimator without random draws gives the values of scikit-learn's on four data sets, and the same coefficients. */
export function checkSamePredictions(
  name: string,
  make: (options: object) => ClassifierEstimator | RegressorEstimator,
  tolerance = nineDigits,
): void {
  const { data, records } = golden<Recorded>("classical");
  const close = (actual: ArrayLike<number>, expected: readonly number[] | undefined) => {
    for (const [i, value] of (expected ?? []).entries())
      expect(Math.abs(actual[i]! - value), `value ${i}`).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
  };
  describe(`${name} beside scikit-learn`, () => {
    it.each(
      records[name]!.map(
        (record) =>
          [`${record.set}${record.sampleWeight ? " weighed" : ""} ${JSON.stringify(record.options)}`, record] as const,
      ),
    )("on %s", async (_, { set, options, sampleWeight, values, labels, coefficients, intercepts }) => {
      const { x, y, testX } = data[set]!;
      const [samples, unseen] = [matrixFrom(x), matrixFrom(testX)];
      const estimator = make(options);
      const model =
        estimator.kind === "classifier"
          ? await estimator.fit(samples, y.map(String), { sampleWeight })
          : await estimator.fit(samples, y, { sampleWeight });
      close(model.kind === "classifier" ? model.predictProbabilities(unseen) : model.predict(unseen), values);
      if (labels) expect(model.predict(unseen)).toEqual(labels.map(String));
      const state = model.state as { coefficients: Float64Array; intercepts: Float64Array };
      if (coefficients) close(state.coefficients, coefficients);
      if (intercepts) close(state.intercepts, intercepts);
    });
  });
}
