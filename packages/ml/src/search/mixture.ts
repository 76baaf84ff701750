/**
 * Weighs models by how likely they make the labels of rows that they had not seen, as parts of a mixture: shares that sum to one.
 *
 * Each begins as if it alone had explained `prior` rows, so that few rows hardly tell models apart and many decide.
 *
 * @param likelihoods by model, what it gave the true label of each row
 * @see Dempster, Laird and Rubin 1977, "Maximum likelihood from incomplete data via the EM algorithm"
 */
export function mixtureWeights(likelihoods: readonly Float64Array[], prior = 20): readonly number[] {
  const count = likelihoods.length;
  const rows = likelihoods[0]!.length;
  let weights: readonly number[] = likelihoods.map(() => 1 / count);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const explained = new Float64Array(count).fill(prior);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += weights[k]! * Math.max(least, likelihoods[k]![row]!);
      for (let k = 0; k < count; k++) explained[k]! += (weights[k]! * Math.max(least, likelihoods[k]![row]!)) / sum;
    }
    weights = Array.from(explained, (share) => share / (rows + count * prior));
  }
  return weights;
}

/** Enough to be closer than any weight matters. */
const iterations = 100;
/** A model that was sure of what is not so is still only one of many. */
const least = 1e-6;
