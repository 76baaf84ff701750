import type { Points } from "./points.ts";

/** Subtracts the mean and divides by the standard deviation, feature by feature; missing values become the mean. */
export function standardise({
  values,
  features,
}: Points): Points & { readonly means: Float64Array; readonly deviations: Float64Array } {
  const count = values.length / features;
  const [means, deviations] = [new Float64Array(features), new Float64Array(features)];
  const out = new Float64Array(values.length);
  for (let j = 0; j < features; j++) {
    const present: number[] = [];
    for (let i = 0; i < count; i++)
      if (Number.isFinite(values[i * features + j]!)) present.push(values[i * features + j]!);
    const mean = present.reduce((sum, value) => sum + value, 0) / Math.max(1, present.length);
    const deviation =
      Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, present.length)) || 1;
    [means[j], deviations[j]] = [mean, deviation];
    for (let i = 0; i < count; i++) {
      const value = values[i * features + j]!;
      out[i * features + j] = Number.isFinite(value) ? (value - mean) / deviation : 0;
    }
  }
  return { values: out, features, means, deviations };
}
