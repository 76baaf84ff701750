import { int64 } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { expect, it } from "vitest";
import { tokenCrossEntropy } from "../losses/token-cross-entropy.ts";
import { checkIndices, indexLimits } from "./index-limits.ts";

function graph() {
  const g = new GraphBuilder();
  const words = g.gather(g.input("table", "float32", [9, 5]), g.input("words", "int64", [2, 3]));
  g.output("loss", tokenCrossEntropy({ ignoreIndex: -100 }).build(g, words, g.input("target:tags", "int64", [2, 3])));
  return g;
}
const words = int64([0, 1, 2, 3, 4, 8], [2, 3]);
const tags = int64([0, 4, -100, 1, 2, 3], [2, 3]);

it("finds tables and classes through what reshapes their numbers", () => {
  expect(indexLimits(graph())).toEqual([
    { input: "words", kind: "index", from: -9, to: 9 },
    { input: "target:tags", kind: "label", from: 0, to: 5, ignored: -100 },
  ]);
});

it("names the row of what is outside", () => {
  const limits = indexLimits(graph());
  checkIndices(limits, { words, "target:tags": tags });
  expect(() => checkIndices(limits, { words: int64([0, 0, 0, 0, 9, 0], [2, 3]) })).toThrow(/below 9.*got 9 in row 1/);
  expect(() => checkIndices(limits, { "target:tags": int64([0, 0, 5, 0, 0, 0], [2, 3]) }, [40, 41])).toThrow(
    /labels of tags from 0 to 4, got 5 in row 40/,
  );
});
