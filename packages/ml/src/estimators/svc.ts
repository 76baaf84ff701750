import { flag } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { classWeightOption } from "../sample-weight.ts";
import { oneAgainstOne } from "../svm/one-against-one.ts";
import { similarityOf } from "../svm/similarity.ts";
import { svcProbabilities } from "../svm/svc-state.ts";
import { svmOptions } from "../svm/svm-options.ts";
import { svcToOnnx } from "../svm/svm-to-onnx.ts";

/**
 * Support vector machine with a kernel; each pair of classes is separated and votes.
 *
 * Without `probability`, probabilities are the softmax of votes and margins: they order classes as the votes do, and are not calibrated.
 *
 * @throws `ml/too-large`
 * @see Chang and Lin 2011, "LIBSVM: a library for support vector machines", https://doi.org/10.1145/1961189.1961199
 */
export const svc = defineClassifier({
  name: "svc",
  options: {
    ...svmOptions,
    probability: flag(false, "calibrate probabilities by cross-validation, which takes five more fits"),
    ...classWeightOption,
  },
  weighs: true,
  fit({ x, y, weights, classes, options, random, threads, signal, onProgress }) {
    const { c, cacheMegabytes, probability, tol, maxIter } = options;
    return oneAgainstOne(
      x,
      y,
      {
        similarity: similarityOf(x, options),
        classes,
        bounds: weights.map((weight) => c * weight),
        cacheBytes: 1e6 * cacheMegabytes,
        hasProbabilities: probability,
        key: random.state,
        tol,
        maxIter,
      },
      { threads, signal, onProgress },
    );
  },
  probabilities: svcProbabilities,
  toOnnx: svcToOnnx,
});
