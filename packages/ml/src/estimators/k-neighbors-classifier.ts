import { defineClassifier } from "../define-classifier.ts";
import { meanVotes, meanVotesToOnnx, neighborOptions, storeNeighbors } from "../neighbors/neighbor-weights.ts";

const name = "kNeighborsClassifier";

/**
 * Asks the nearest samples for their labels: exactly, or along the links of an HNSW graph. An exported model is exact.
 *
 * @throws `ml/neighbors`
 * @see Cover and Hart 1967, "Nearest neighbor pattern classification", https://doi.org/10.1109/TIT.1967.1053964
 */
export const kNeighborsClassifier = defineClassifier({
  name,
  options: neighborOptions,
  fit({ y, classes, ...context }) {
    const votes = new Float64Array(y.length * classes);
    for (const [row, k] of y.entries()) votes[row * classes + k] = 1;
    return storeNeighbors(name, context, votes);
  },
  probabilities: meanVotes,
  toOnnx: meanVotesToOnnx,
});
