import { describe, expect, it } from "vitest";
import { decisionTreeClassifier, gaussianNaiveBayes, linearRegression } from "../estimators/index.ts";
import { pipeline } from "../pipeline.ts";
import { recipeOf } from "../recipe-step.ts";
import { estimatorOf } from "../search/recipe.ts";
import { golden } from "../testing/check-golden.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { judges, told } from "../testing/told.ts";
import { selectFromModel } from "./select-from-model.ts";

checkTransformer(({ seed }) => selectFromModel(decisionTreeClassifier({ maxDepth: 3 }), { maxFeatures: 2, seed }));

describe("columns beside scikit-learn", () => {
  const { fromModel } = golden<{
    readonly fromModel: readonly {
      readonly set: string;
      readonly judge: keyof typeof judges;
      readonly options: object;
      readonly kept: readonly number[];
    }[];
  }>("selectors");
  it.each(fromModel)("of $set by $judge with $options", async ({ set, judge, options, kept }) => {
    const { x, target } = told(set);
    expect((await selectFromModel(judges[judge](), options).fit(x, target)).state.kept).toEqual(kept);
  });
});

it("is part of a recipe with the estimator that judges", async () => {
  const { x, target } = told("diabetes");
  const made = pipeline([selectFromModel(linearRegression(), { maxFeatures: 3, threshold: 0 }), linearRegression()]);
  const again = estimatorOf(JSON.parse(JSON.stringify(recipeOf(made))));
  const fit = async (estimator: typeof made) => (await estimator.fit(x, target as number[])).predict(x);
  expect(await fit(again as typeof made)).toEqual(await fit(made));
});

it("refuses judges without importances, thresholds that none reaches, and targets of the other kind", async () => {
  const { x, target } = told("iris");
  const code = (promise: Promise<unknown>) => promise.catch((error) => error.code);
  expect(await code(selectFromModel(gaussianNaiveBayes()).fit(x, target))).toBe("ml/no-importances");
  expect(await code(selectFromModel(decisionTreeClassifier(), { threshold: 2 }).fit(x, target))).toBe("ml/no-features");
  expect(await code(selectFromModel(linearRegression()).fit(x, target))).toBe("ml/no-labels");
});
