import { float32, Random } from "@athanor/core";
import { expect, it } from "vitest";
import { binFeatures } from "./bin-features.ts";
import { growForest } from "./grow-forest.ts";
import { addPredictions } from "./tree.ts";
import { walkTrees } from "./walk-trees.ts";

it("gives what walking row by row gives, to the last bit", async () => {
  const [rows, features] = [203, 3];
  const random = Random.from(1);
  const data = Float32Array.from({ length: rows * features }, () => random.normal());
  const y = Int32Array.from({ length: rows }, (_, row) => Math.floor(1.5 * Math.abs(data[row * features]!)) % 3);
  const growth = {
    maxDepth: 9,
    minSamplesSplit: 2,
    minSamplesLeaf: 1,
    maxFeatures: 2,
    randomCuts: false,
    ccpAlpha: 0,
  };
  const targets = { y, outputs: 3, isClass: true };
  const task = { binned: binFeatures(data, rows, features), targets, growth, bootstrap: true, key: random.state };
  const trees = await growForest(task, 5);
  const expected = new Float64Array(rows * 3);
  for (const tree of trees) addPredictions(tree, data, features, expected, 1 / trees.length);
  expect(walkTrees(float32(data, [rows, features]), trees)).toEqual(expected);
});
