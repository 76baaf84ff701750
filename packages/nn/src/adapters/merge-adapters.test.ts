import { float32 } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { describe, expect, it } from "vitest";
import { lora } from "./lora.ts";
import { mergeAdapters } from "./merge-adapters.ts";

describe("mergeAdapters", () => {
  it.each([false, true])("refuses weights that two layers share (magnitude: %s)", (magnitude) => {
    const g = new GraphBuilder();
    const weight = g.initializer("tied", float32([1, 2, 3, 4], [2, 2]));
    g.output("y", g.matMul(g.relu(g.matMul(g.input("x", "float32", ["batch", 2]), weight)), weight));
    const { model } = lora({ rank: 1, magnitude }).apply(g.build(), 1);
    expect(() => mergeAdapters(model)).toThrow(/got tied of several/);
  });
});
