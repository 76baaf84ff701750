import { describe, expect, it } from "vitest";
import type { TransformerEstimator } from "../define-transformer.ts";
import { matrixFrom } from "../matrix.ts";
import { golden } from "./check-golden.ts";

interface Samples {
  readonly data: Readonly<Record<string, { readonly x: number[][]; readonly y: number[]; readonly testX: number[][] }>>;
}
type Recorded = Readonly<
  Record<string, readonly { readonly set: string; readonly options: object; readonly values: readonly number[] }[]>
>;

/** Features are single-precision numbers: seven digits agree. */
const tolerance = 1e-5;

/** A transformer gives scikit-learn's features of rows set aside, on four data sets. */
export function checkSameFeatures(name: string, make: (options: object) => TransformerEstimator): void {
  const { data } = golden<Samples>("classical");
  const { records } = golden<{ readonly records: Recorded }>("transformers");
  describe(`${name} beside scikit-learn`, () => {
    it.each(records[name]!.map((record) => [`${record.set} ${JSON.stringify(record.options)}`, record] as const))(
      "on %s",
      async (_, { set, options, values }) => {
        const { x, y, testX } = data[set]!;
        const model = await make(options).fit(matrixFrom(x), y.map(String));
        const features = model.transform(matrixFrom(testX)).data;
        expect(features.length).toBeGreaterThanOrEqual(values.length);
        for (const [i, value] of values.entries())
          expect(Math.abs(features[i]! - value), `value ${i}`).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
      },
    );
  });
}
