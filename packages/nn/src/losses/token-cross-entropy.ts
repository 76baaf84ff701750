import type { Loss } from "../loss.ts";
import { crossEntropy } from "./cross-entropy.ts";

/** Mean of −log softmax(scores)[label] over all tokens: scores `[…, classes]`, labels int64 `[…]`. */
export const tokenCrossEntropy = (): Loss => ({
  name: "tokenCrossEntropy",
  build: (g, scores, labels) =>
    crossEntropy().build(g, g.reshape(scores, [-1, scores.shape.at(-1)!]), g.reshape(labels, [-1])),
});
