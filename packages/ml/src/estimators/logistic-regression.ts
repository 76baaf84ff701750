import { float32, integer, real } from "@athanor/core";
import { defineClassifier } from "../define-classifier.ts";
import { minimise } from "../minimise.ts";

/** One row of coefficients a class, or a single one for two classes. */
interface LogisticState {
  /** `[rows, features]` */
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
}

/**
 * Class probabilities from a linear score, with an L2 penalty; softmax over classes, a single logistic curve for two.
 *
 * Minimises ½‖w‖² + c Σ −log p(label), the intercepts free.
 */
export const logisticRegression = defineClassifier({
  name: "logisticRegression",
  options: {
    c: real(1, "weight of the data against the penalty", { min: 1e-9, max: 1e9, scale: "log" }),
    maxIter: integer(200, "iterations at most", { min: 1 }),
    tol: real(1e-5, "largest entry of the mean gradient at which to stop", { min: 0 }),
  },
  async fit({ x, y, classes, options: { c, maxIter, tol }, signal, onProgress }): Promise<LogisticState> {
    const [rows, features] = x.shape as [number, number];
    const outputs = classes === 2 ? 1 : classes;
    const stride = features + 1;
    const scores = new Float64Array(outputs);
    const loss = (w: Float64Array, into: Float64Array): number => {
      let total = 0;
      for (let k = 0; k < outputs; k++) {
        for (let j = 0; j < features; j++) {
          total += w[k * stride + j]! ** 2 / (2 * c * rows);
          into[k * stride + j] = w[k * stride + j]! / (c * rows);
        }
      }
      for (let row = 0; row < rows; row++) {
        const at = row * features;
        for (let k = 0; k < outputs; k++) {
          let score = w[k * stride + features]!;
          for (let j = 0; j < features; j++) score += w[k * stride + j]! * x.data[at + j]!;
          scores[k] = score;
        }
        total += residuals(scores, y[row]!) / rows;
        for (let k = 0; k < outputs; k++) {
          const residual = scores[k]! / rows;
          for (let j = 0; j < features; j++) into[k * stride + j]! += residual * x.data[at + j]!;
          into[k * stride + features]! += residual;
        }
      }
      return total;
    };
    const w = await minimise(loss, new Float64Array(outputs * stride), {
      maxIterations: maxIter,
      tolerance: tol,
      signal,
      onProgress,
    });
    return {
      coefficients: Float64Array.from(
        { length: outputs * features },
        (_, i) => w[Math.floor(i / features) * stride + (i % features)]!,
      ),
      intercepts: Float64Array.from({ length: outputs }, (_, k) => w[k * stride + features]!),
    };
  },
  probabilities(x, { coefficients, intercepts }, classes) {
    const [rows, features] = x.shape as [number, number];
    const out = new Float64Array(rows * classes);
    for (let row = 0; row < rows; row++) {
      const scores = Array.from(intercepts, (intercept, k) => {
        let score = intercept;
        for (let j = 0; j < features; j++) score += coefficients[k * features + j]! * x.data[row * features + j]!;
        return score;
      });
      const all = classes === 2 ? [0, scores[0]!] : scores;
      const top = Math.max(...all);
      const sum = all.reduce((total, score) => total + Math.exp(score - top), 0);
      for (const [k, score] of all.entries()) out[row * classes + k] = Math.exp(score - top) / sum;
    }
    return out;
  },
  toOnnx(g, x, { coefficients, intercepts }, labels) {
    const features = coefficients.length / intercepts.length;
    const isBinary = labels.length === 2;
    // Two classes become two columns, the first all zero, so that one softmax serves every case.
    const weight = float32(
      Float32Array.from({ length: features * labels.length }, (_, i) => {
        const [j, k] = [Math.floor(i / labels.length), i % labels.length];
        return isBinary ? (k === 0 ? 0 : coefficients[j]!) : coefficients[k * features + j]!;
      }),
      [features, labels.length],
    );
    const bias = float32(isBinary ? [0, intercepts[0]!] : Array.from(intercepts));
    return g.softmax(g.op("Gemm", [x, g.constant(weight), g.constant(bias)]));
  },
});

/** Replaces scores by their derivatives and returns −log p(label). */
function residuals(scores: Float64Array, label: number): number {
  if (scores.length === 1) {
    const score = scores[0]!;
    // log(1 + e^s) without overflow
    const soft = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
    scores[0] = 1 / (1 + Math.exp(-score)) - label;
    return soft - label * score;
  }
  const top = scores.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - top);
  const loss = top + Math.log(sum) - scores[label]!;
  for (let k = 0; k < scores.length; k++) scores[k] = Math.exp(scores[k]! - top) / sum - Number(k === label);
  return loss;
}
