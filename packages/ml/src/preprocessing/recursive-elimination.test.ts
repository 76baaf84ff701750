import { float32, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { decisionTreeClassifier, linearDiscriminantAnalysis, linearRegression } from "../estimators/index.ts";
import { golden } from "../testing/check-golden.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { judges, told } from "../testing/told.ts";
import { recursiveElimination } from "./recursive-elimination.ts";

checkTransformer(({ seed }) => recursiveElimination(decisionTreeClassifier({ maxDepth: 3 }), { nFeatures: 2, seed }));

describe("order of elimination beside scikit-learn", () => {
  const { elimination } = golden<{
    readonly elimination: readonly {
      readonly set: string;
      readonly judge: keyof typeof judges;
      readonly options: object;
      readonly ranking: readonly number[];
    }[];
  }>("selectors");
  it.each(elimination)("of $set by $judge with $options", async ({ set, judge, options, ranking }) => {
    const { x, target } = told(set);
    const { state } = await recursiveElimination(judges[judge](), options).fit(x, target);
    expect([...state.ranking]).toEqual(ranking);
  });
});

describe("elimination by folds", () => {
  const random = Random.from(6);
  const rows = Array.from({ length: 120 }, () => Array.from({ length: 6 }, () => random.normal()));
  const x = float32(rows.flat(), [120, 6]);

  it("keeps the columns that numbers are made of", async () => {
    const numbers = rows.map(([, a, , b]) => 3 * a! - 2 * b! + 0.5 * random.normal());
    const { state } = await recursiveElimination(linearRegression(), { folds: 4 }).fit(x, numbers);
    expect(state.kept).toEqual(expect.arrayContaining([1, 3]));
    expect(state.kept.length).toBeLessThan(6);
    expect(state.scores.map(({ features }) => features)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(state.scores[1]!.score).toBeGreaterThan(state.scores[0]!.score + 0.1);
  });

  it("keeps the columns that labels follow", async () => {
    const labels = rows.map(([a, , b]) => (a! + b! > 0 ? "up" : "down"));
    const { state } = await recursiveElimination(linearDiscriminantAnalysis(), { folds: 3, nFeatures: 2 }).fit(
      x,
      labels,
    );
    expect(state.kept).toEqual(expect.arrayContaining([0, 2]));
    await expect(
      recursiveElimination(linearDiscriminantAnalysis(), { folds: 200 }).fit(x, labels),
    ).rejects.toMatchObject({ code: "ml/folds" });
  });
});
