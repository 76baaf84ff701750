import type { GraphBuilder, Value } from "@athanor/onnx";

/** Scores that a softmax turns back into the probabilities: `[batch, classes]`. */
export const logProbabilities = (g: GraphBuilder, probabilities: Value): Value => g.log(g.max(probabilities, 1e-30));
