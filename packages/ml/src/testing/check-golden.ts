import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as estimators from "../estimators/index.ts";
import { matrixFrom } from "../matrix.ts";
import { accuracy, regressionScores } from "../metrics/index.ts";

interface Recorded {
  readonly data: Readonly<
    Record<
      string,
      { readonly x: number[][]; readonly y: number[]; readonly testX: number[][]; readonly testY: number[] }
    >
  >;
  readonly records: Readonly<
    Record<
      string,
      Readonly<
        Record<string, { readonly score: number; readonly coefficients?: number[][]; readonly intercepts?: number[] }>
      >
    >
  >;
}

/** Values that scikit-learn gave, recorded by `golden/record/ml.py`. */
export const golden = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../../golden/ml/${name}.json`, import.meta.url), "utf8")) as T;

/** Draws differ between the libraries, so that scores of tree models agree only to a few samples. */
const margin = 0.06;
/** Both stop where the gradient is small, not zero. */
const coefficientTolerance = 2e-3;

/** An estimator scores as scikit-learn's does on the recorded splits; linear models have the same coefficients. */
export function checkGolden(name: keyof typeof estimators): void {
  const { data, records } = golden<Recorded>("estimators");
  describe(`${name} beside scikit-learn`, () => {
    it.each(Object.keys(records[name]!))("on %s", async (title) => {
      const [set, isBinary] = [title.split(" ")[0]!, title.endsWith("binary")];
      const { x, y, testX, testY } = data[set]!;
      const expected = records[name]![title]!;
      const labels = (values: readonly number[]) => values.map((value) => String(isBinary ? Number(value > 0) : value));
      const estimator = estimators[name](
        (name === "decisionTreeRegressor"
          ? { maxDepth: 3 }
          : name === "logisticRegression"
            ? { tol: 1e-7, maxIter: 2000 }
            : {}) as never,
      );
      if (estimator.kind === "regressor") {
        const model = await estimator.fit(matrixFrom(x), y);
        expect(Math.abs(regressionScores(testY, model.predict(matrixFrom(testX))).r2 - expected.score)).toBeLessThan(
          margin,
        );
        return;
      }
      const model = await estimator.fit(matrixFrom(x), labels(y));
      expect(Math.abs(accuracy(labels(testY), model.predict(matrixFrom(testX))) - expected.score)).toBeLessThan(margin);
      if (expected.coefficients) {
        const { coefficients, intercepts } = model.state as { coefficients: Float64Array; intercepts: Float64Array };
        const close = (actual: Float64Array, wanted: readonly number[]) => {
          // Of two classes only the second has coefficients there.
          for (const [i, value] of actual.slice(-wanted.length).entries())
            expect(Math.abs(value - wanted[i]!)).toBeLessThan(coefficientTolerance);
        };
        close(coefficients, expected.coefficients.flat());
        close(intercepts, expected.intercepts!);
      }
    });
  });
}
