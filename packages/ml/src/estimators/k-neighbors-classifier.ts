import { defineClassifier } from "../define-classifier.ts";
import { meanVotes, meanVotesToOnnx, neighborOptions, storeNeighbors } from "../neighbors/neighbor-weights.ts";

const name = "kNeighborsClassifier";

/**
 * Asks the nearest samples for their labels; every sample is compared, so that the answer is exact.
 *
 * @throws `ml/neighbors`
 * @see Cover and Hart 1967, "Nearest neighbor pattern classification", https://doi.org/10.1109/TIT.1967.1053964
 */
export const kNeighborsClassifier = defineClassifier({
  name,
  options: neighborOptions,
  fit({ x, y, classes, options }) {
    const votes = new Float64Array(y.length * classes);
    for (const [row, k] of y.entries()) votes[row * classes + k] = 1;
    return storeNeighbors(name, x, votes, options);
  },
  probabilities: meanVotes,
  toOnnx: meanVotesToOnnx,
});
