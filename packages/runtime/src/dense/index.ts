export { covariance, type Moments } from "./covariance.ts";
export { distances, type Metric, pairwiseDistances } from "./distances.ts";
export { type Kernel, type KernelOptions, kernelRows } from "./kernel-rows.ts";
export { matMul } from "./mat-mul.ts";
export { nearest, type Ranked, topK } from "./top-k.ts";
