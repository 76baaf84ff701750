import { float32, Tensor } from "@athanor/core";
import { columnTransformer, type Matrix, quantileTransformer, simpleImputer, type Transformer } from "@athanor/ml";
import type { GraphBuilder, Value } from "@athanor/onnx";

/** How a table's features enter a network: numbers by their ranks, categories counted from 1, what is missing as the median or as 0. */
export interface NetworkInputs {
  /** Puts numbers where their ranks are in a normal distribution; none without numbers. */
  readonly numbers: Transformer | undefined;
  /** Numbers of which some are missing: whether they are is told beside them. */
  readonly gaps: readonly number[];
  readonly categories: readonly number[];
  /** Values of each category, the missing one included. */
  readonly counts: readonly number[];
}

/** Learns how numbers are distributed, and how many values categories have. */
export async function fitNetworkInputs(x: Matrix, categories: readonly number[]): Promise<NetworkInputs> {
  const { data, shape } = x;
  const [rows, features] = shape as [number, number];
  const column = (feature: number) => Array.from({ length: rows }, (_, row) => data[row * features + feature]!);
  const columns = Array.from({ length: features }, (_, i) => i).filter((i) => !categories.includes(i));
  const ranks = () =>
    columnTransformer([
      { columns, with: [simpleImputer({ strategy: "median" }), quantileTransformer({ output: "normal" })] },
    ]).fit(x);
  return {
    numbers: columns.length === 0 ? undefined : await ranks(),
    gaps: columns.filter((feature) => column(feature).some(Number.isNaN)),
    categories,
    counts: categories.map(
      (feature) =>
        2 + column(feature).reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, value)), -1),
    ),
  };
}

/** Columns of float32 that the network gets. */
export const numberWidth = ({ numbers, gaps }: NetworkInputs): number => (numbers?.outputs ?? 0) + gaps.length;

/** Samples as the network's inputs. */
export function networkFeeds(inputs: NetworkInputs, x: Matrix): Readonly<Record<string, Tensor>> {
  const { data, shape } = x;
  const [rows, features] = shape as [number, number];
  const { numbers, gaps, categories } = inputs;
  const width = numberWidth(inputs);
  const ranked = numbers?.transform(x).data ?? [];
  const known = width - gaps.length;
  const floats = new Float32Array(rows * width);
  const places = new BigInt64Array(rows * categories.length);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < known; i++) floats[row * width + i] = ranked[row * known + i]!;
    for (const [i, feature] of gaps.entries())
      floats[row * width + known + i] = Number(Number.isNaN(data[row * features + feature]!));
    for (const [i, feature] of categories.entries()) {
      const value = data[row * features + feature]!;
      places[row * categories.length + i] = Number.isNaN(value) ? 0n : BigInt(value + 1);
    }
  }
  return {
    ...(width > 0 ? { numbers: float32(floats, [rows, width]) } : {}),
    ...(categories.length > 0 ? { categories: new Tensor("int64", places, [rows, categories.length]) } : {}),
  };
}

/** The same as operators: from float32 `[batch, features]`. */
export function networkInputsToOnnx(
  { numbers, gaps, categories }: NetworkInputs,
  g: GraphBuilder,
  x: Value,
): Readonly<Record<string, Value>> {
  const columns = (features: readonly number[]) => g.gather(x, g.constant(features, "int64"), 1);
  const isMissing = (value: Value) => g.op("IsNaN", [value]);
  const named: Record<string, Value> = {};
  if (numbers) {
    const ranked = numbers.toOnnx(g, x);
    named.numbers = gaps.length === 0 ? ranked : g.concat([ranked, g.cast(isMissing(columns(gaps)), "float32")], 1);
  }
  if (categories.length > 0) {
    const raw = columns(categories);
    named.categories = g.cast(g.where(isMissing(raw), g.constant(0), g.add(raw, 1)), "int64");
  }
  return named;
}
