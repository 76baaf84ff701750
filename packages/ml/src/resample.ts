import { float32, Random } from "@athanor/core";
import { type Matrix, takeSamples } from "./matrix.ts";
import { indexSamples, nearest } from "./neighbors/nearest.ts";
import { rowsByLabel } from "./splits/stratified-k-fold.ts";

/** Samples with their labels. */
export interface Labelled {
  readonly x: Matrix;
  readonly labels: readonly string[];
}

/** Leaves samples of the frequent classes out, at random, until every class has as many as the rarest. */
export function underSample(x: Matrix, labels: readonly string[], seed: number): Labelled {
  const groups = rowsByLabel(labels);
  const size = Math.min(...groups.map(([, rows]) => rows.length));
  const kept = groups
    .flatMap(([label, rows]) =>
      Array.from(Random.from(seed).split(label).permutation(rows.length).subarray(0, size), (i) => rows[i]!),
    )
    .sort((a, b) => a - b);
  return { x: takeSamples(x, kept), labels: kept.map((row) => labels[row]!) };
}

/** Repeats samples of the rare classes, at random, until every class has as many as the most frequent. */
export function overSample(x: Matrix, labels: readonly string[], seed: number): Labelled {
  const groups = rowsByLabel(labels);
  const size = Math.max(...groups.map(([, rows]) => rows.length));
  const added = groups.flatMap(([label, rows]) => {
    const random = Random.from(seed).split(label);
    return Array.from({ length: size - rows.length }, () => random.choice(rows));
  });
  const all = [...labels.keys(), ...added];
  return { x: takeSamples(x, all), labels: all.map((row) => labels[row]!) };
}

/**
 * Adds samples to the rare classes that lie between one and one of its `neighbors` nearest of the same class, until every class has as many as the most frequent.
 *
 * @see Chawla et al. 2002, "SMOTE: synthetic minority over-sampling technique"
 */
export function smote(x: Matrix, labels: readonly string[], seed: number, neighbors = 5): Labelled {
  const groups = rowsByLabel(labels);
  const features = x.shape[1]!;
  const size = Math.max(...groups.map(([, rows]) => rows.length));
  const added = groups.flatMap(([label, rows]) => {
    const missing = size - rows.length;
    const count = Math.min(neighbors, rows.length - 1);
    // A single sample has no neighbour to go towards: it is repeated.
    if (missing === 0) return [];
    const own = takeSamples(x, rows);
    const near = count === 0 ? undefined : nearest(own, indexSamples(own), count + 1).rows;
    const random = Random.from(seed).split(label);
    return Array.from({ length: missing }, () => {
      const from = random.integer(rows.length);
      const to = near?.[from * (count + 1) + 1 + random.integer(count)] ?? from;
      const share = random.uniform();
      const at = (row: number, j: number) => own.data[row * features + j]!;
      return {
        label,
        values: Array.from({ length: features }, (_, j) => at(from, j) + share * (at(to, j) - at(from, j))),
      };
    });
  });
  const data = new Float32Array((labels.length + added.length) * features);
  data.set(x.data);
  for (const [i, { values }] of added.entries()) data.set(values, (labels.length + i) * features);
  return {
    x: float32(data, [labels.length + added.length, features]),
    labels: [...labels, ...added.map(({ label }) => label)],
  };
}
