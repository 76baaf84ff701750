import { Tensor } from "@athanor/core";

/** Which runs of tokens are features of a text, and how much each says. */
export interface NgramTable {
  /** Runs of one token up to so many. */
  readonly orders: number;
  /** For each hash the row of the runs that have it, from 1; 0 where no text had one often enough. */
  readonly slots: Tensor<"int32">;
  /** How much a row says; 0 for row 0. */
  readonly weights: Tensor<"float32">;
}

/** Of each text its class, and how much it counts beside the others. */
export interface TextClasses {
  readonly classes: readonly number[];
  readonly shares: readonly number[];
}

/** Which runs are kept. */
export interface NgramTableOptions {
  readonly orders: number;
  /** In how many texts a run has to come; 2 by default. */
  readonly minCount?: number;
  /** How many are kept at most, those of most texts; 100,000 by default. */
  readonly limit?: number;
  /**
   * Weighs a run by how well it tells the classes of texts apart, instead of how rare it is: the largest |log| of how much more often it
   * comes in one class than in the others.
   *
   * @see Wang and Manning 2012, "Baselines and bigrams", https://aclanthology.org/P12-2018
   */
  readonly contrast?: TextClasses | undefined;
}

/** Hashes are below one of these primes: the least that leaves most of its slots empty. */
const primes = [4_093, 16_381, 65_521, 262_139, 1_048_573];
const slotsPerRun = 8;

/** hash of a run = ((order · multiplier + first) · multiplier + second) … modulo how many slots there are. */
export const multiplier = 48_271;

/** Finds the runs of tokens that come in texts, where 0 is padding at a text's end. */
export function ngramTable(
  texts: readonly ArrayLike<number>[],
  { orders, minCount = 2, limit = 100_000, contrast }: NgramTableOptions,
): NgramTable {
  const runs = orders * texts.reduce((sum, { length }) => sum + length, 0);
  const hashes = primes.find((prime) => prime >= slotsPerRun * runs) ?? primes.at(-1)!;
  const counts = new Uint32Array(hashes);
  const seenBy = new Int32Array(hashes).fill(-1);
  for (const [i, text] of texts.entries()) {
    for (const hash of hashesOf(text, orders, hashes)) {
      if (seenBy[hash] === i) continue;
      seenBy[hash] = i;
      counts[hash]!++;
    }
  }
  const kept = [...counts.keys()]
    .filter((hash) => counts[hash]! >= minCount)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, limit);
  const slots = new Int32Array(hashes);
  for (const [i, hash] of kept.entries()) slots[hash] = i + 1;
  const weights = contrast
    ? contrasts(
        texts,
        contrast,
        (text) => new Set(Array.from(hashesOf(text, orders, hashes), (hash) => slots[hash]!)),
        {
          rows: kept.length + 1,
        },
      )
    : Float32Array.from([0, ...kept.map((hash) => Math.log(texts.length / counts[hash]!) + 1)]);
  return {
    orders,
    slots: new Tensor("int32", slots, [hashes]),
    weights: new Tensor("float32", weights, [weights.length]),
  };
}

function contrasts(
  texts: readonly ArrayLike<number>[],
  { classes, shares }: TextClasses,
  rowsOf: (text: ArrayLike<number>) => ReadonlySet<number>,
  { rows }: { readonly rows: number },
): Float32Array<ArrayBuffer> {
  const count = 1 + classes.reduce((most, each) => Math.max(most, each), 0);
  const found = new Float64Array(rows * count).fill(1);
  for (const [i, text] of texts.entries())
    for (const row of rowsOf(text)) found[row * count + classes[i]!]! += shares[i]!;
  const totals = new Float64Array(count);
  for (let i = count; i < found.length; i++) totals[i % count]! += found[i]!;
  const all = totals.reduce((a, b) => a + b);
  const weights = new Float32Array(rows);
  for (let row = 1; row < rows; row++) {
    const own = found.subarray(row * count, (row + 1) * count);
    const sum = own.reduce((a, b) => a + b);
    for (const [k, each] of own.entries()) {
      const ratio = each / totals[k]! / ((sum - each) / (all - totals[k]!));
      weights[row] = Math.max(weights[row]!, Math.abs(Math.log(ratio)));
    }
  }
  return weights;
}

function* hashesOf(text: ArrayLike<number>, orders: number, hashes: number): Generator<number> {
  for (let order = 1; order <= orders; order++) {
    for (let start = 0; start + order <= text.length && text[start + order - 1] !== 0; start++) {
      let hash = order;
      for (let k = 0; k < order; k++) hash = (hash * multiplier + text[start + k]!) % hashes;
      yield hash;
    }
  }
}
