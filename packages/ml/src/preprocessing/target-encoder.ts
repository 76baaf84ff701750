import { float32, integer, type Random, real } from "@athanor/core";
import { type CategoriesState, fitCategories, membershipToOnnx, placesOf } from "../columns/categories.ts";
import { meanOf, varianceOf } from "../columns/moments.ts";
import { defineTransformer, type Taught } from "../define-transformer.ts";
import type { Matrix } from "../matrix.ts";

interface TargetState extends CategoriesState {
  /** By column and output: what each category becomes. */
  readonly encodings: readonly (readonly Float32Array[])[];
  /** By output: what a value becomes that was not seen, or is missing. */
  readonly means: readonly number[];
}

/**
 * Puts for each value the mean of the numbers to predict among its samples, or the share of the second class, drawn towards that of all; with more classes, one column for each.
 *
 * Samples that it learns from are encoded by folds that leave them out, so that none is told its own target.
 *
 * @throws `ml/no-labels`, `ml/no-features`
 * @see Micci-Barreca 2001, "A preprocessing scheme for high-cardinality categorical attributes"
 */
export const targetEncoder = defineTransformer({
  name: "targetEncoder",
  allowsMissing: true,
  supervised: "any",
  options: {
    smooth: real(null, "samples that the mean of all counts for; by the spread of each category when null", { min: 0 }),
    folds: integer(5, "parts that the samples learnt from are encoded by", { min: 2 }),
  },
  fit: ({ x, options: { smooth }, ...taught }) => encodingsOf(x, wantedOf(taught), smooth),
  trained({ x, options: { smooth, folds }, random, ...taught }) {
    const rows = x.shape[0]!;
    const fold = foldsOf(rows, folds, random);
    const wanted = wantedOf(taught);
    const outputs = x.shape[1]! * wanted.length;
    const out = new Float32Array(rows * outputs);
    for (let k = 0; k < folds; k++) {
      const held = [...fold.keys()].filter((row) => fold[row] === k);
      if (held.length === 0) continue;
      const rest = [...fold.keys()].filter((row) => fold[row] !== k);
      const state = encodingsOf(x, wanted, smooth, rest.length > 0 ? rest : held);
      const encoded = encode(x, state, held);
      for (const [i, row] of held.entries()) out.set(encoded.subarray(i * outputs, (i + 1) * outputs), row * outputs);
    }
    return out;
  },
  transform: (x, state) => encode(x, state),
  toOnnx(g, x, state) {
    const { categories, encodings, means } = state;
    // mean + Σ member (encoding − mean)
    const owners = categories.flatMap((values, column) => Array.from(values, (_, place) => ({ column, place })));
    const width = categories.length * means.length;
    const shifts = new Float32Array(owners.length * width);
    for (const [i, { column, place }] of owners.entries())
      for (const [k, mean] of means.entries())
        shifts[i * width + column * means.length + k] = encodings[column]![k]![place]! - mean;
    const all = float32(
      categories.flatMap(() => means),
      [1, width],
    );
    const members = membershipToOnnx(g, x, state);
    return g.add(g.matMul(members, g.constant(float32(shifts, [owners.length, width]))), g.constant(all));
  },
  featureNames: (names, { means }) =>
    names.flatMap((name) => (means.length === 1 ? [name] : means.map((_, k) => `${name}:${k}`))),
});

/** By output, what is averaged over samples: the numbers to predict, or 1 for each class. */
function wantedOf({ y, classes, numbers }: Pick<Taught, "y" | "classes" | "numbers">): readonly Float64Array[] {
  if (classes === 0) return [numbers];
  const named = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
  return named.map((k) => Float64Array.from(y, (each) => Number(each === k)));
}

function encodingsOf(
  x: Matrix,
  wanted: readonly Float64Array[],
  smooth: number | null,
  rows: readonly number[] = Array.from({ length: x.shape[0]! }, (_, row) => row),
): TargetState {
  const { categories } = fitCategories("targetEncoder", x);
  const places = placesOf({ categories });
  const features = x.shape[1]!;
  const all = wanted.map((values) => {
    const own = Float64Array.from(rows, (row) => values[row]!);
    return { mean: meanOf(own), variance: varianceOf(own) };
  });
  const encodings = categories.map((names, column) => {
    const members = Array.from(names, (): number[] => []);
    for (const row of rows) {
      const place = places[column]!.get(x.data[row * features + column]!);
      if (place !== undefined) members[place]!.push(row);
    }
    return wanted.map((values, output) =>
      Float32Array.from(members, (own) =>
        shrunk(
          Float64Array.from(own, (row) => values[row]!),
          all[output]!,
          smooth,
        ),
      ),
    );
  });
  return { categories, encodings, means: all.map(({ mean }) => mean) };
}

/** Between the mean of a category and that of all: the more and the more alike its samples, the closer to its own. */
function shrunk(
  own: Float64Array,
  { mean, variance }: { mean: number; variance: number },
  smooth: number | null,
): number {
  const count = own.length;
  if (count === 0) return mean;
  if (smooth !== null) return (own.reduce((a, b) => a + b, 0) + smooth * mean) / (count + smooth);
  const weight = variance === 0 ? 0 : (variance * count) / (variance * count + varianceOf(own));
  return weight * meanOf(own) + (1 - weight) * mean;
}

function encode({ data, shape }: Matrix, state: TargetState, rows?: readonly number[]): Float32Array {
  const { encodings, means } = state;
  const places = placesOf(state);
  const [count, features] = [rows?.length ?? shape[0]!, shape[1]!];
  const out = new Float32Array(count * features * means.length);
  let at = 0;
  for (let i = 0; i < count; i++)
    for (let column = 0; column < features; column++) {
      const place = places[column]!.get(data[(rows?.[i] ?? i) * features + column]!);
      for (const [k, mean] of means.entries()) out[at++] = place === undefined ? mean : encodings[column]![k]![place]!;
    }
  return out;
}

function foldsOf(rows: number, folds: number, random: Random): Int32Array {
  const fold = new Int32Array(rows);
  for (const [position, row] of random.permutation(rows).entries()) fold[row] = position % folds;
  return fold;
}
