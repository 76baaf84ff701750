import { Random } from "@athanor/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import { histGradientBoostingClassifier, kNeighborsClassifier, logisticRegression } from "../estimators/index.ts";
import { standardScaler } from "../preprocessing/index.ts";
import { estimatorOf } from "./recipe.ts";
import { candidateAt, drawCandidate, gridOf, type Settings, step } from "./search-space.ts";
import { proposeByTpe } from "./tpe-search.ts";

const space = {
  boosting: [
    step(histGradientBoostingClassifier, {
      maxIter: 50,
      learningRate: { min: 0.01, max: 1 },
      maxLeaves: { min: 2, max: 64, scale: "log" },
      earlyStopping: { values: [true, false] },
    }),
  ],
  neighbours: [step(standardScaler), step(kNeighborsClassifier, { nNeighbors: { min: 1, max: 2 } })],
};

describe("a search space", () => {
  it("keeps what is fixed, and draws the rest on the scale that the option declares", () => {
    const { recipe } = candidateAt(space, "boosting", [0.5, 0.5, 0.9], 3);
    expect(recipe).toEqual([
      {
        name: "histGradientBoostingClassifier",
        options: { seed: 3, maxIter: 50, learningRate: 0.1, maxLeaves: 11, earlyStopping: false },
      },
    ]);
    expect(estimatorOf(recipe).options).toMatchObject({ learningRate: 0.1, minSamplesLeaf: 20 });
  });

  it("knows the options of its estimators", () => {
    expectTypeOf<Settings<(typeof logisticRegression)["definition"]["options"]>["c"]>().toEqualTypeOf<
      | number
      | { readonly min: number; readonly max: number; readonly scale?: "linear" | "log" }
      | { readonly values: readonly number[] }
      | undefined
    >();
    // @ts-expect-error a misspelt option
    expect(() => step(logisticRegression, { C: 1 })).toThrow(/got C/);
  });

  it.each([
    [
      "an end that is not allowed",
      () => step(logisticRegression, { c: { min: 0, max: 1, scale: "linear" } }),
      "options/invalid",
    ],
    ["a range that runs backwards", () => step(logisticRegression, { c: { min: 2, max: 1 } }), "ml/search-space"],
    ["a logarithm of nothing", () => step(logisticRegression, { c: { min: 0, max: 1 } }), "ml/search-space"],
    ["no choice", () => step(logisticRegression, { c: { values: [] } }), "ml/search-space"],
  ])("refuses %s", (_, declare, code) => {
    expect(declare).toThrow(expect.objectContaining({ code }));
  });

  it("has a grid of all combinations, whole numbers once", () => {
    const grid = gridOf(space, 3, 0);
    expect(grid.filter(({ family }) => family === "boosting")).toHaveLength(3 * 3 * 2);
    expect(
      grid.filter(({ family }) => family === "neighbours").map(({ recipe }) => recipe[1]!.options.nNeighbors),
    ).toEqual([1, 2]);
  });

  it("gives each family its chance", () => {
    const random = Random.from(1);
    const families = Array.from({ length: 40 }, () => drawCandidate(space, random, 0).family);
    expect(families.filter((family) => family === "boosting").length).toBeGreaterThan(10);
    expect(families.filter((family) => family === "neighbours").length).toBeGreaterThan(10);
  });

  it("is searched closer to the best by Parzen estimators than by even draws", () => {
    // Best at a learning rate of 0.05 with 20 leaves.
    const rankOf = ({ family, positions }: { family: string; positions: readonly number[] }) =>
      family === "boosting" ? -((positions[0]! - 0.35) ** 2) - (positions[1]! - 0.66) ** 2 : -1;
    const bestOf = (seed: number, propose: (index: number, random: Random, trials: Ranked[]) => Ranked) => {
      const trials: Ranked[] = [];
      for (let i = 0; i < 60; i++) trials.push(propose(i, Random.from(seed).split(i), trials));
      return Math.max(...trials.map(({ rank }) => rank));
    };
    type Ranked = { readonly family: string; readonly positions: readonly number[]; readonly rank: number };
    const ranked = (candidate: { family: string; positions: readonly number[] }): Ranked => ({
      ...candidate,
      rank: rankOf(candidate),
    });
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
    const even = seeds.map((seed) => bestOf(seed, (_, random) => ranked(drawCandidate(space, random, 0))));
    const guided = seeds.map((seed) =>
      bestOf(seed, (i, random, trials) =>
        ranked(i < 15 ? drawCandidate(space, random, 0) : proposeByTpe(space, trials, random, 0)),
      ),
    );
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
    expect(mean(guided)).toBeGreaterThan(mean(even) / 3);
  });
});
