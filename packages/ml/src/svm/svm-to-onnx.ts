import { float32 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { classPairs } from "./couple.ts";
import type { Similarity } from "./similarity.ts";
import { confidenceShare, type SvcState } from "./svc-state.ts";

/** The kernel as ai.onnx.ml writes it. */
export const kernelAttributes = ({ kernel, gamma, coef0, degree }: Similarity) => ({
  kernel_type: kernel.toUpperCase(),
  kernel_params: [gamma, coef0, degree],
});

/** Class probabilities, float32 `[batch, classes]`. */
export function svcToOnnx(g: GraphBuilder, x: Value, state: SvcState, labels: readonly string[]): Value {
  const { vectors, perClass, coefficients, intercepts, similarity, sigmoids } = state;
  const isCoupled = sigmoids.length > 1;
  const attributes = {
    ...kernelAttributes(similarity),
    classlabels_strings: labels,
    support_vectors: Array.from(vectors),
    vectors_per_class: Array.from(perClass),
    coefficients: Array.from(coefficients),
    rho: Array.from(intercepts),
    ...(isCoupled ? { prob_a: sigmoids.map(({ slope }) => slope), prob_b: sigmoids.map(({ offset }) => offset) } : {}),
  };
  const scores = g.ops("SVMClassifier", [x], attributes, { domain: "ai.onnx.ml", outputs: 2 })[1]!;
  if (isCoupled) return scores;
  if (labels.length === 2) {
    // The operator gives −value and value; it would couple even a single probability, and stop short of it.
    const { slope, offset } = sigmoids[0] ?? { slope: -1, offset: 0 };
    const second = g.constant(float32([0, 1]));
    return g.softmax(g.add(g.mul(g.mul(scores, second), slope), g.mul(second, offset)));
  }
  const pairs = classPairs(labels.length);
  const signs = g.constant(
    float32(
      pairs.flatMap(([a, b]) => labels.map((_, k) => Number(k === a) - Number(k === b))),
      [pairs.length, labels.length],
    ),
  );
  // A vote for a instead of b moves one from b to a, on top of what each class has when all vote for the second.
  const seconds = float32(labels.map((_, k) => pairs.filter(([, b]) => b === k).length));
  const won = g.cast(g.op("Greater", [scores, g.constant([0], "float32")]), "float32");
  const votes = g.add(g.matMul(won, signs), g.constant(seconds));
  const sums = g.matMul(scores, signs);
  const confidence = g.div(g.mul(sums, confidenceShare), g.add(g.op("Abs", [sums]), 1));
  return g.softmax(g.add(votes, confidence));
}
