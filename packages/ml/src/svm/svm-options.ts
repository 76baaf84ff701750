import { integer, real } from "@athanor/core";
import { similarityOptions } from "./similarity.ts";

/** Options of support vector machines with a kernel. */
export const svmOptions = {
  c: real(1, "weight of the data against the penalty", { min: 1e-9, max: 1e9, scale: "log" }),
  ...similarityOptions,
  tol: real(1e-3, "largest violation of the optimum's conditions at which to stop", { min: 0 }),
  maxIter: integer(null, "steps at most for each pair of classes; null for ten million", { min: 1 }),
  cacheMegabytes: integer(200, "memory for rows of the kernel's matrix", { min: 1, max: 3000 }),
};
