import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { float32 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { readModel } from "../codec/read-model.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { openModel } from "../testing/run-model.ts";
import { verify } from "../verify.ts";
import { inlineFunctions } from "./inline-functions.ts";
import { trainable } from "./trainable.ts";

const path = fileURLToPath(new URL("../../../../golden/onnx/files/functions.onnx", import.meta.url));
const model = readModel(readFileSync(path));
const x = float32([1, 2, 3, -4, -5, 6], [2, 3]);

describe("inlineFunctions", () => {
  it("puts nodes in the place of calls, nested ones too, that give what the calls gave", async () => {
    const inlined = inlineFunctions(model);
    verify(inlined);
    expect(inlined.functions).toBeUndefined();
    expect(inlined.graph.nodes.map(({ op }) => op)).not.toContain("Act");
    const expected = await (await openModel(model))({ x });
    const g = GraphBuilder.from(model, { dims: { N: 2 } });
    expect((await (await openModel(g.build()))({ x })).y).toEqual(expected.y);
  });

  it("gives the attributes of each call to what refers to them", () => {
    const slopes = inlineFunctions(model).graph.nodes.flatMap(({ attributes: { alpha } }) => alpha?.value ?? []);
    expect(slopes).toEqual([0.25, 0.5]);
  });

  it("leaves weights under their names", () => {
    expect(trainable(GraphBuilder.from(model, { dims: { N: 2 } })).map(({ name }) => name)).toEqual(["w"]);
  });

  it("refuses a function that calls itself", () => {
    const [first] = model.functions!;
    const endless = { ...first!, nodes: [{ ...model.graph.nodes[0]!, op: first!.name }] };
    const call = { ...model.graph.nodes[0]!, op: first!.name };
    const recursive: Model = { ...model, functions: [endless], graph: { ...model.graph, nodes: [call] } };
    expect(() => inlineFunctions(recursive)).toThrow(expect.objectContaining({ code: "onnx/recursive-function" }));
  });

  it("refuses functions that double at each level, and a chain of too many", () => {
    for (const [levels, calls] of [
      [20, 2],
      [300, 1],
    ] as const) {
      const call = (k: number) => ({
        ...model.graph.nodes[0]!,
        domain: "own",
        op: `F${k}`,
        inputs: ["x"],
        outputs: ["y"],
      });
      const functions = Array.from({ length: levels }, (_, k) => ({
        ...model.functions![0]!,
        name: `F${k}`,
        inputs: ["x"],
        outputs: ["y"],
        nodes: Array.from({ length: calls }, () => call(k + 1)),
      }));
      const deep: Model = { ...model, functions, graph: { ...model.graph, nodes: [call(0)] } };
      expect(() => inlineFunctions(deep)).toThrow(expect.objectContaining({ code: "onnx/too-large" }));
    }
  });
});
