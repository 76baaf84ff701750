import { float32, Tensor } from "@athanor/core";
import type { Matrix } from "@athanor/ml";
import type { GraphBuilder, Value } from "@athanor/onnx";

/** How a table's features enter a network: numbers scaled, categories counted from 1, what is missing as the mean or as 0. */
export interface NetworkInputs {
  readonly numbers: readonly number[];
  readonly means: Float32Array;
  /** One divided by the deviations. */
  readonly scales: Float32Array;
  /** Numbers of which some are missing: whether they are is told beside them. */
  readonly gaps: readonly number[];
  readonly categories: readonly number[];
  /** Values of each category, the missing one included. */
  readonly counts: readonly number[];
}

/** Learns means and deviations of numbers, and how many values categories have. */
export function fitNetworkInputs({ data, shape }: Matrix, categories: readonly number[]): NetworkInputs {
  const [rows, features] = shape as [number, number];
  const numbers = Array.from({ length: features }, (_, i) => i).filter((i) => !categories.includes(i));
  const presentOf = (feature: number) =>
    Float64Array.from({ length: rows }, (_, row) => data[row * features + feature]!).filter(
      (value) => !Number.isNaN(value),
    );
  const present = numbers.map(presentOf);
  const means = present.map((values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
  const deviations = present.map((values, i) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - means[i]!) ** 2, 0) / Math.max(1, values.length)),
  );
  return {
    numbers,
    means: Float32Array.from(means),
    scales: Float32Array.from(deviations, (deviation) => 1 / (deviation || 1)),
    gaps: numbers.filter((_, i) => present[i]!.length < rows),
    categories,
    counts: categories.map((feature) => 2 + presentOf(feature).reduce((most, value) => Math.max(most, value), -1)),
  };
}

/** Columns of float32 that the network gets. */
export const numberWidth = ({ numbers, gaps }: NetworkInputs): number => numbers.length + gaps.length;

/** Samples as the network's inputs. */
export function networkFeeds(inputs: NetworkInputs, { data, shape }: Matrix): Readonly<Record<string, Tensor>> {
  const [rows, features] = shape as [number, number];
  const { numbers, means, scales, gaps, categories } = inputs;
  const width = numberWidth(inputs);
  const floats = new Float32Array(rows * width);
  const places = new BigInt64Array(rows * categories.length);
  for (let row = 0; row < rows; row++) {
    for (const [i, feature] of numbers.entries()) {
      const value = data[row * features + feature]!;
      if (!Number.isNaN(value)) floats[row * width + i] = Math.fround(value - means[i]!) * scales[i]!;
    }
    for (const [i, feature] of gaps.entries())
      floats[row * width + numbers.length + i] = Number(Number.isNaN(data[row * features + feature]!));
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
export function networkInputsToOnnx(inputs: NetworkInputs, g: GraphBuilder, x: Value): Readonly<Record<string, Value>> {
  const { numbers, means, scales, gaps, categories } = inputs;
  const columns = (features: readonly number[]) => g.gather(x, g.constant(features, "int64"), 1);
  const isMissing = (value: Value) => g.op("IsNaN", [value]);
  const parts: Value[] = [];
  if (numbers.length > 0) {
    const raw = columns(numbers);
    const scaled = g.mul(g.sub(raw, g.constant(float32(means))), g.constant(float32(scales)));
    parts.push(g.op("Where", [isMissing(raw), g.constant(0), scaled]));
  }
  if (gaps.length > 0) parts.push(g.cast(isMissing(columns(gaps)), "float32"));
  const named: Record<string, Value> = {};
  if (parts.length > 0) named.numbers = parts.length === 1 ? parts[0]! : g.concat(parts, 1);
  if (categories.length > 0) {
    const raw = columns(categories);
    const places = g.op("Where", [isMissing(raw), g.constant(0), g.add(raw, 1)]);
    named.categories = g.cast(places, "int64");
  }
  return named;
}
