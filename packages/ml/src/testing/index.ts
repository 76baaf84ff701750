export { checkEstimator } from "./check-estimator.ts";
