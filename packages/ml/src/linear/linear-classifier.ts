import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";
import { type LinearState, linearScores, linearScoresToOnnx } from "./linear-scores.ts";
import { softmaxRows, softmaxToOnnx } from "./softmax-rows.ts";

/** Prediction and export of a classifier whose state is one linear score a class, made probable by softmax. */
export const linearClassifier = {
  probabilities: (x: Matrix, state: LinearState, classes: number): Float64Array =>
    softmaxRows(linearScores(x, state), classes),
  toOnnx: (g: GraphBuilder, x: Value, state: LinearState): Value => softmaxToOnnx(g, linearScoresToOnnx(g, x, state)),
};
