import type { Loss } from "../loss.ts";

/** Mean of (output − target)²; both `[batch, …]` of one shape. */
export const meanSquaredError = (): Loss => ({
  name: "meanSquaredError",
  build(g, output, target) {
    const error = g.sub(output, target);
    return g.reduceMean(g.mul(error, error));
  },
});
