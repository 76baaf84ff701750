export { checkEstimator } from "./check-estimator.ts";
export { checkTransformer } from "./check-transformer.ts";
