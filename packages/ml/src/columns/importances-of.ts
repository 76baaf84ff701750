import { AthanorError } from "@athanor/core";
import type { ClassifierEstimator } from "../define-classifier.ts";
import type { RegressorEstimator } from "../define-regressor.ts";
import type { Taught } from "../define-transformer.ts";
import type { Matrix } from "../matrix.ts";

/** What judges columns by the model that it learns. */
export type Judge = ClassifierEstimator | RegressorEstimator;

/** @throws `ml/no-labels` when a classifier is to judge by numbers, or a regressor by labels */
export async function fitJudge(
  owner: string,
  judge: Judge,
  x: Matrix,
  { labels, numbers }: Pick<Taught, "labels" | "numbers">,
) {
  if (judge.kind === "classifier" && labels.length > 0) return judge.fit(x, labels);
  if (judge.kind === "regressor" && numbers.length > 0) return judge.fit(x, numbers);
  throw new AthanorError(
    "ml/no-labels",
    `${owner}: expected ${judge.kind === "classifier" ? "labels" : "numbers"} for ${judge.name} to learn from, got ${labels.length > 0 ? "labels" : "numbers"}`,
    { fix: "Let a classifier judge by labels, and a regressor by numbers." },
  );
}

/**
 * How much each feature counts in a fitted model: its importances, or the sizes of its coefficients, over all outputs `power` at a time.
 *
 * @throws `ml/no-importances`
 */
export function importancesOf(
  owner: string,
  model: { readonly name: string; readonly importances?: readonly number[]; readonly state: unknown },
  features: number,
  power: 1 | 2,
): Float64Array {
  if (model.importances) return Float64Array.from(model.importances);
  const { coefficients } = model.state as { readonly coefficients?: ArrayLike<number> };
  if (coefficients === undefined || coefficients.length % features !== 0)
    throw new AthanorError(
      "ml/no-importances",
      `${owner}: expected a model with importances or coefficients, got ${model.name}`,
      {
        fix: "Choose a linear model or one of trees.",
      },
    );
  const sizes = new Float64Array(features);
  for (let i = 0; i < coefficients.length; i++) sizes[i % features]! += Math.abs(coefficients[i]!) ** power;
  return sizes;
}
