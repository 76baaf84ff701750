import type { Loss } from "../loss.ts";

/** Mean of |output − target|; both `[batch, …]` of one shape. */
export const meanAbsoluteError = (): Loss => ({
  name: "meanAbsoluteError",
  build: (g, output, target) => g.reduceMean(g.abs(g.sub(output, target))),
});
