import { AthanorError, real } from "@athanor/core";
import { columnsOf } from "../columns/columns-of.ts";
import { type KeptState, keeping } from "../columns/kept.ts";
import { varianceOf } from "../columns/moments.ts";
import { defineTransformer } from "../define-transformer.ts";

/**
 * Drops columns that hardly vary.
 *
 * @throws `ml/no-features` when no column is left
 */
export const varianceThreshold = defineTransformer({
  name: "varianceThreshold",
  options: { threshold: real(0, "variance that a column has to exceed", { min: 0 }) },
  fit({ x, options: { threshold } }): KeptState {
    const variances = columnsOf(x).map(varianceOf);
    const kept = variances.flatMap((variance, j) => (variance > threshold ? [j] : []));
    if (kept.length === 0)
      throw new AthanorError(
        "ml/no-features",
        `varianceThreshold: expected a column of variance above ${threshold}, got ${Math.max(...variances)} at most`,
        { fix: "Lower the threshold, or give columns that vary.", details: { variances } },
      );
    return { kept };
  },
  ...keeping<KeptState>(),
});
