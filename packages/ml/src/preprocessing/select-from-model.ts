import { AthanorError, integer, type OptionInput, real } from "@athanor/core";
import { fitJudge, importancesOf, type Judge } from "../columns/importances-of.ts";
import { type KeptState, keeping } from "../columns/kept.ts";
import { defineTransformer, type TransformerEstimator } from "../define-transformer.ts";
import { recipeOf } from "../recipe-step.ts";

interface JudgedState extends KeptState {
  readonly importances: Float64Array;
}

const name = "selectFromModel";
const options = {
  threshold: real(null, "importance of a column kept at least; the mean of all when null", { min: 0 }),
  maxFeatures: integer(null, "columns kept at most, those that count most", { min: 1 }),
};

function make(
  judge: Judge,
  input: OptionInput<typeof options> & { readonly seed?: number } = {},
): TransformerEstimator<JudgedState> {
  const selector = defineTransformer({
    name,
    supervised: "any",
    allowsMissing: judge.allowsMissing,
    options,
    async fit({ x, labels, numbers, options: { threshold, maxFeatures } }): Promise<JudgedState> {
      const model = await fitJudge(name, judge, x, { labels, numbers });
      const importances = importancesOf(name, model, x.shape[1]!, 1);
      const least = threshold ?? importances.reduce((a, b) => a + b) / importances.length;
      const kept = [...importances.keys()]
        .filter((j) => importances[j]! >= least)
        .sort((a, b) => importances[b]! - importances[a]! || a - b)
        .slice(0, maxFeatures ?? importances.length)
        .sort((a, b) => a - b);
      if (kept.length > 0) return { kept, importances };
      throw new AthanorError("ml/no-features", `${name}: expected a column of importance ${least}, got none`, {
        fix: "Lower the threshold.",
        details: { threshold: least, importances: [...importances] },
      });
    },
    ...keeping<JudgedState>(),
  })(input);
  return { ...selector, options: { ...selector.options, estimator: recipeOf(judge) } };
}

/**
 * Keeps the columns that count in a model learnt from all of them: by its importances, or the sizes of its coefficients.
 *
 * @throws `ml/no-importances`, `ml/no-features`, `ml/no-labels`
 */
export const selectFromModel = Object.assign(make, {
  definition: { name, kind: "transformer" as const, options },
});
