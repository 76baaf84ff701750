import { float64, integer, oneOf } from "@athanor/core";
import { columnsOf } from "../columns/columns-of.ts";
import { normalQuantile, normalQuantileToOnnx } from "../columns/normal-quantile.ts";
import { defineTransformer } from "../define-transformer.ts";
import { quantileOf } from "../quantile-of.ts";

/** Shares of a column's samples as a rising line: flat steps where a value repeats. */
interface ColumnRanks {
  /** Distinct quantiles, rising. */
  readonly values: Float64Array;
  /** Share at each value: half-way up its step. */
  readonly at: Float64Array;
  /** Share just above each value, and how it grows from there to the next. */
  readonly above: Float64Array;
  readonly slopes: Float64Array;
}

interface QuantileState {
  readonly output: "uniform" | "normal";
  readonly ranks: readonly ColumnRanks[];
}

/** Gives for each value the share of the samples below it, from 0 to 1, or the normal number with that share below it. */
export const quantileTransformer = defineTransformer({
  name: "quantileTransformer",
  options: {
    nQuantiles: integer(200, "points at which a column's distribution is kept, at most one a sample", { min: 2 }),
    output: oneOf("uniform", "the distribution that columns get", ["uniform", "normal"]),
  },
  fit: ({ x, options: { nQuantiles, output } }): QuantileState => ({
    output,
    ranks: columnsOf(x).map((column) => ranksOf(column, Math.min(nQuantiles, column.length))),
  }),
  transform: ({ data, shape: [, features = 1] }, { output, ranks }) =>
    data.map((value, i) => {
      const share = shareOf(value, ranks[i % features]!);
      return output === "uniform" ? share : normalQuantile(Math.min(1 - edge, Math.max(edge, share)));
    }),
  toOnnx(g, x, { output, ranks }) {
    const most = Math.max(...ranks.map(({ values }) => values.length));
    const features = ranks.length;
    const table = (of: (column: ColumnRanks) => Float64Array, fill: number) =>
      float64(
        ranks.flatMap((column) => Array.from({ length: most }, (_, i) => of(column)[i] ?? fill)),
        [features, most],
      );
    const value = g.cast(x, "float64");
    const reached = g.op("GreaterOrEqual", [
      g.reshape(value, ["batch", features, 1]),
      g.constant(table(({ values }) => values, Number.POSITIVE_INFINITY)),
    ]);
    const count = g.reduceSum(g.cast(reached, "int64"), [2]);
    const place = g.add(
      g.op("Max", [g.sub(count, g.constant([1], "int64")), g.constant([0], "int64")]),
      g.constant(
        ranks.map((_, j) => j * most),
        "int64",
      ),
    );
    const pick = (of: (column: ColumnRanks) => Float64Array) =>
      g.gather(g.constant(float64(table(of, 0).data, [features * most])), place, 0);
    const base = pick(({ values }) => values);
    const between = g.add(
      pick(({ above }) => above),
      g.mul(
        g.sub(value, base),
        pick(({ slopes }) => slopes),
      ),
    );
    const share = g.where(
      g.op("Less", [value, base]),
      g.constant(float64([0])),
      g.where(
        g.op("Equal", [value, base]),
        pick(({ at }) => at),
        between,
      ),
    );
    if (output === "uniform") return g.cast(share, "float32");
    const clipped = g.op("Clip", [share, g.constant(float64([edge], [])), g.constant(float64([1 - edge], []))]);
    return g.cast(normalQuantileToOnnx(g, clipped), "float32");
  },
  featureNames: (names) => names,
});

/** No share is nearer to 0 or 1 on its way to a normal number, which else were infinite. */
const edge = 1e-7;

function ranksOf(column: Float64Array, count: number): ColumnRanks {
  const sorted = column.slice().sort();
  const values: number[] = [];
  const [first, last]: [number[], number[]] = [[], []];
  for (let i = 0; i < count; i++) {
    const share = i / (count - 1 || 1);
    const value = quantileOf(sorted, share);
    if (value === values.at(-1)) last[last.length - 1] = share;
    else {
      values.push(value);
      first.push(share);
      last.push(share);
    }
  }
  const end = values.length - 1;
  return {
    values: Float64Array.from(values),
    at: Float64Array.from(values, (_, k) => (k === 0 ? 0 : k === end ? 1 : (first[k]! + last[k]!) / 2)),
    above: Float64Array.from(values, (_, k) => (k === end ? 1 : last[k]!)),
    slopes: Float64Array.from(values, (value, k) =>
      k === end ? 0 : (first[k + 1]! - last[k]!) / (values[k + 1]! - value),
    ),
  };
}

function shareOf(value: number, { values, at, above, slopes }: ColumnRanks): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  const place = low - 1;
  if (place < 0) return 0;
  return value === values[place] ? at[place]! : above[place]! + (value - values[place]!) * slopes[place]!;
}
