import { defineRegressor } from "../define-regressor.ts";
import { meanVotes, meanVotesToOnnx, neighborOptions, storeNeighbors } from "../neighbors/neighbor-weights.ts";

const name = "kNeighborsRegressor";

/**
 * Mean target of the nearest samples; every sample is compared, so that the answer is exact.
 *
 * @throws `ml/neighbors`
 */
export const kNeighborsRegressor = defineRegressor({
  name,
  options: neighborOptions,
  fit: ({ x, y, options }) => storeNeighbors(name, x, y, options),
  predict: meanVotes,
  toOnnx: meanVotesToOnnx,
});
