import { defineRegressor } from "../define-regressor.ts";
import { meanVotes, meanVotesToOnnx, neighborOptions, storeNeighbors } from "../neighbors/neighbor-weights.ts";

const name = "kNeighborsRegressor";

/**
 * Mean target of the nearest samples, found exactly or along the links of an HNSW graph. An exported model is exact.
 *
 * @throws `ml/neighbors`
 */
export const kNeighborsRegressor = defineRegressor({
  name,
  options: neighborOptions,
  fit: ({ y, ...context }) => storeNeighbors(name, context, y),
  predict: meanVotes,
  toOnnx: meanVotesToOnnx,
});
