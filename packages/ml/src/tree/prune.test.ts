import { Random } from "@athanor/core";
import { expect, it } from "vitest";
import { binFeatures } from "./bin-features.ts";
import { growTree } from "./grow-tree.ts";
import { prune } from "./prune.ts";

const growth = {
  maxDepth: Number.POSITIVE_INFINITY,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  maxFeatures: 2,
  randomCuts: false,
  ccpAlpha: 0,
};

it("cuts a branch that saves less than its leaves cost, and what hung below it", () => {
  // Leaves 3, 4 under 1 save 1 together; leaves 5, 6 under 2 save 6.
  const nodes = {
    feature: [0, 0, 0, -1, -1, -1, -1],
    threshold: [0, 1, 2, 0, 0, 0, 0],
    left: [1, 3, 5, -1, -1, -1, -1],
    right: [2, 4, 6, -1, -1, -1, -1],
    value: [0, 1, 2, 3, 4, 5, 6],
    outputs: 1,
    risks: [30, 3, 7, 1, 1, 1, 0],
    gains: [20, 1, 6, 0, 0, 0, 0],
  };
  expect(prune(nodes, 2)).toEqual({
    feature: [0, -1, 0, -1, -1],
    threshold: [0, 1, 2, 0, 0],
    left: [1, -1, 3, -1, -1],
    right: [2, -1, 4, -1, -1],
    value: [0, 1, 2, 5, 6],
    outputs: 1,
    risks: [30, 3, 7, 1, 0],
    gains: [20, 1, 6, 0, 0],
  });
  expect(prune(nodes, 100).feature).toEqual([-1]);
});

it("leaves fewer leaves the more each has to save", () => {
  const random = Random.from(2);
  const data = Float32Array.from({ length: 400 }, () => random.normal());
  const y = Int32Array.from({ length: 200 }, (_, row) => Number(data[2 * row]! + 0.5 * random.normal() > 0));
  const sizes = [0, 0.002, 0.01, 0.05, 1].map((ccpAlpha) => {
    const targets = { y, outputs: 2, isClass: true };
    return growTree(binFeatures(data, 200, 2), targets, undefined, { ...growth, ccpAlpha }, random).feature.length;
  });
  for (const [i, size] of sizes.slice(1).entries()) expect(size).toBeLessThanOrEqual(sizes[i]!);
  expect(sizes[0]).toBeGreaterThan(20);
  expect(sizes[3]).toBe(3);
  expect(sizes[4]).toBe(1);
});
