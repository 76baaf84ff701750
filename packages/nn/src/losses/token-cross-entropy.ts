import type { Loss } from "../loss.ts";
import { crossEntropy } from "./cross-entropy.ts";

/** Mean of −log softmax(scores)[label] over all tokens: scores `[…, classes]`, labels int64 `[…]`; options as of `crossEntropy`. */
export function tokenCrossEntropy(options: Parameters<typeof crossEntropy>[0] = {}): Loss {
  const { build } = crossEntropy(options);
  return {
    name: "tokenCrossEntropy",
    build: (g, scores, labels) => build(g, g.reshape(scores, [-1, scores.shape.at(-1)!]), g.reshape(labels, [-1])),
  };
}
