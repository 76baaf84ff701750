import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { binFeatures } from "./bin-features.ts";
import { growForest, growNumbered, spaceFor } from "./grow-forest.ts";

it("grows the same trees on threads as here", async () => {
  const [rows, features, trees] = [20_000, 4, 60];
  const random = Random.from(1);
  const data = Float32Array.from({ length: rows * features }, () => random.normal());
  const y = Int32Array.from({ length: rows }, (_, row) =>
    Number(data[row * features]! * data[row * features + 1]! > 0),
  );
  const growth = {
    maxDepth: 6,
    minSamplesSplit: 2,
    minSamplesLeaf: 5,
    maxFeatures: 3,
    randomCuts: false,
    ccpAlpha: 0,
  };
  const targets = { y, outputs: 2, isClass: true };
  const task = { binned: binFeatures(data, rows, features), targets, growth, bootstrap: true, key: random.state };
  const stages: string[] = [];
  const forest = await growForest(task, trees, { onProgress: ({ stage, done }) => stages.push(`${stage} ${done}`) });
  expect(stages.at(-1)).toBe(`growing trees ${trees}`);
  const space = spaceFor(task);
  for (const tree of [0, 1, trees - 1]) expect(forest[tree]).toEqual(growNumbered(task, tree, space));
});
