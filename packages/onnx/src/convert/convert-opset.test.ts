import { float32, int64 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import type { Graph, Model } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { verify } from "../verify.ts";
import { convertOpset } from "./convert-opset.ts";
import { int, node } from "./node-forms.ts";

const axes = { axes: { kind: "ints", value: [0] } } as const;
const branch = (name: string, graphs: Graph["nodes"]): Graph => ({
  name,
  nodes: graphs,
  inputs: [],
  outputs: [{ name, dtype: "float32", shape: undefined }],
  initializers: new Map(),
  values: [],
});

/** An If whose branches hold what older versions write otherwise. */
const model: Model = {
  irVersion: 6,
  opsets: { "": 11 },
  producer: "",
  metadata: {},
  graph: {
    name: "g",
    inputs: [
      { name: "c", dtype: "bool", shape: [] },
      { name: "x", dtype: "float32", shape: [2, 3] },
    ],
    outputs: [{ name: "y", dtype: "float32", shape: undefined }],
    initializers: new Map([
      ["axes", storeTensor(float32([7], []))],
      ["k", storeTensor(int64([1]))],
    ]),
    values: [],
    nodes: [
      {
        ...node("If", ["c"], ["chosen"]),
        attributes: {
          then_branch: { kind: "graph", value: branch("t", [node("Unsqueeze", ["x"], ["t"], axes)]) },
          else_branch: {
            kind: "graph",
            value: branch("e", [node("Softmax", ["x"], ["s"]), node("Unsqueeze", ["s"], ["e"], axes)]),
          },
        },
      },
      node("Squeeze", ["chosen"], ["y"], axes),
    ],
  },
};

describe("convertOpset", () => {
  it("converts bodies too, with constants whose names are not taken", async () => {
    const converted = convertOpset(model);
    verify(converted);
    expect(converted.opsets).toEqual({ "": 21 });
    const [before, after] = [await openModel(model), await openModel(converted)];
    for (const c of [0, 1]) {
      const feeds = {
        c: { dtype: "bool", data: Uint8Array.of(c), shape: [] } as never,
        x: float32([1, 2, 3, 4, 5, 7], [2, 3]),
      };
      expect((await after(feeds)).y).toEqual((await before(feeds)).y);
    }
  });

  it("leaves a model of the working version as it is", () => {
    const current = { ...model, opsets: { "": 21 } };
    expect(convertOpset(current)).toBe(current);
  });

  it("keeps a newer version stated, for its operators may be newer", () => {
    const newer = {
      ...model,
      opsets: { "": 24 },
      graph: { ...model.graph, nodes: [node("Cast", ["x"], ["y"], { to: int(7) })] },
    };
    expect(convertOpset(newer).opsets).toEqual({ "": 24 });
  });

  it("refuses versions it cannot read", () => {
    for (const version of [0, 6, 29])
      expect(() => convertOpset({ ...model, opsets: { "": version } })).toThrow(
        expect.objectContaining({ code: "onnx/opset" }),
      );
  });
});
