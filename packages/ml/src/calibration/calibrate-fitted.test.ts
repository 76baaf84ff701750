import { describe, expect, it } from "vitest";
import { gaussianNaiveBayes } from "../estimators/gaussian-naive-bayes.ts";
import { matrixFrom } from "../matrix.ts";
import { golden } from "../testing/check-golden.ts";
import { calibrateFitted } from "./calibrate-fitted.ts";

interface Recorded {
  readonly data: Readonly<Record<string, { readonly x: number[][]; readonly y: number[]; readonly testX: number[][] }>>;
  readonly records: {
    readonly calibrateFitted: readonly {
      readonly set: string;
      readonly options: { readonly method: "sigmoid" | "isotonic" };
      readonly values: readonly number[];
    }[];
  };
}

/** Sigmoids are fitted to a gradient of 1e-5 here and by another algorithm there; isotonic curves are exact. */
const tolerances = { sigmoid: 1e-4, isotonic: 1e-6 };

describe("calibrateFitted beside scikit-learn", () => {
  const { data, records } = golden<Recorded>("classical");
  it.each(records.calibrateFitted.map((record) => [`${record.set}, ${record.options.method}`, record] as const))(
    "on %s",
    async (_, { set, options: { method }, values }) => {
      const { x, y, testX } = data[set]!;
      const labels = y.map(String);
      const bayes = gaussianNaiveBayes({ varSmoothing: 1e-3 });
      const model = await bayes.fit(matrixFrom(x.slice(0, 60)), labels.slice(0, 60));
      const calibrated = calibrateFitted(bayes, model, matrixFrom(x.slice(60)), labels.slice(60), method);
      for (const [i, share] of calibrated.predictProbabilities(matrixFrom(testX)).entries())
        expect(Math.abs(share - values[i]!)).toBeLessThan(tolerances[method]);
    },
  );
});

it("refuses labels that the fitted classifier does not know", async () => {
  const x = matrixFrom([[1], [2], [5], [6]]);
  const labels = ["a", "a", "b", "b"];
  const member = gaussianNaiveBayes();
  const model = await member.fit(x, labels);
  expect(() => calibrateFitted(member, model, x, labels.with(2, "c"))).toThrow(
    expect.objectContaining({ code: "ml/unknown-label" }),
  );
});
