import { float64, integer, oneOf } from "@athanor/core";
import { columnsOf } from "../columns/columns-of.ts";
import { defineTransformer } from "../define-transformer.ts";
import { quantileOf } from "../quantile-of.ts";

interface BinsState {
  /** Borders between the bins of each column, rising; a value on a border is above it. */
  readonly borders: readonly Float64Array[];
}

/** Cuts each column into bins, of equal width or of equally many samples, and gives the number of a value's bin. */
export const kBinsDiscretizer = defineTransformer({
  name: "kBinsDiscretizer",
  options: {
    nBins: integer(5, "bins of each column; those without width are joined", { min: 2 }),
    strategy: oneOf("quantile", "what the bins of a column have in common: samples or width", ["quantile", "uniform"]),
  },
  fit: ({ x, options: { nBins, strategy } }): BinsState => ({
    borders: columnsOf(x).map((column) => {
      const [lowest, highest] = [column.reduce((a, b) => Math.min(a, b)), column.reduce((a, b) => Math.max(a, b))];
      const at = (share: number) =>
        strategy === "quantile" ? quantileOf(column, share) : lowest + share * (highest - lowest);
      const edges = Array.from({ length: nBins + 1 }, (_, i) => at(i / nBins));
      return Float64Array.from(edges.filter((edge, i) => i > 0 && edge > edges[i - 1]!).slice(0, -1));
    }),
  }),
  transform: ({ data }, { borders }) =>
    data.map((value, i) => borders[i % borders.length]!.reduce((below, border) => below + Number(value >= border), 0)),
  toOnnx(g, x, { borders }) {
    const most = Math.max(1, ...borders.map(({ length }) => length));
    const padded = Float64Array.from(
      { length: borders.length * most },
      (_, i) => borders[Math.floor(i / most)]![i % most] ?? Number.POSITIVE_INFINITY,
    );
    const each = g.reshape(g.cast(x, "float64"), ["batch", borders.length, 1]);
    const isAbove = g.op("GreaterOrEqual", [each, g.constant(float64(padded, [borders.length, most]))]);
    return g.reduceSum(g.cast(isAbove, "float32"), [2]);
  },
  featureNames: (names) => names,
});
