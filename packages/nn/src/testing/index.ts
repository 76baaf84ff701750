export { checkLayer, type LayerSample } from "./check-layer.ts";
export { checkLoss } from "./check-loss.ts";
export { checkOptimizer } from "./check-optimizer.ts";
