import { float32, oneOf, real } from "@athanor/core";
import { columnsOf } from "../columns/columns-of.ts";
import { meanOf } from "../columns/moments.ts";
import { defineTransformer } from "../define-transformer.ts";
import { quantileOf } from "../quantile-of.ts";

interface ImputerState {
  /** What stands for a missing value of each column. */
  readonly fills: Float32Array;
}

/** Puts one value a column where values are missing; a column that is all missing gets `fillValue`. */
export const simpleImputer = defineTransformer({
  name: "simpleImputer",
  allowsMissing: true,
  options: {
    strategy: oneOf("mean", "value of a column that stands for missing ones", [
      "mean",
      "median",
      "mostFrequent",
      "constant",
    ]),
    fillValue: real(0, "the value of the strategy constant"),
  },
  fit({ x, options: { strategy, fillValue } }): ImputerState {
    const fillOf = {
      mean: meanOf,
      median: (present: Float64Array) => quantileOf(present, 0.5),
      mostFrequent,
      constant: () => fillValue,
    }[strategy];
    return {
      fills: Float32Array.from(columnsOf(x), (column) => {
        const present = column.filter((value) => !Number.isNaN(value));
        return present.length === 0 ? fillValue : fillOf(present);
      }),
    };
  },
  transform: ({ data }, { fills }) => data.map((value, i) => (Number.isNaN(value) ? fills[i % fills.length]! : value)),
  toOnnx: (g, x, { fills }) => g.where(g.op("IsNaN", [x]), g.constant(float32(fills)), x),
  featureNames: (names) => names,
});

/** The smallest of equally frequent values. */
function mostFrequent(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, first], [b, second]) => second - first || a - b)[0]![0];
}
