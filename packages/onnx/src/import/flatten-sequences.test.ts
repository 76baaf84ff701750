import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { constantTensor } from "../constant-tensor.ts";
import { int, node } from "../convert/node-forms.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import type { Model, Node } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";

const numbers = { first: 0, second: 1, last: -1, two: 2, lengths: [1, 3] } as const;

function modelOf(nodes: readonly Node[]): Model {
  const entries = Object.entries(numbers).map(
    ([name, value]) => [name, storeTensor(constantTensor(value, "int64"))] as const,
  );
  return {
    irVersion: 8,
    opsets: { "": 17 },
    producer: "",
    metadata: {},
    graph: {
      name: "sequences",
      inputs: [{ name: "x", dtype: "float32", shape: [4] }],
      outputs: [{ name: "y", dtype: "float32", shape: undefined }],
      initializers: new Map(entries),
      values: [],
      nodes,
    },
  };
}

/** What a model gives for 1, 2, 3, 4, as it is and taken apart, and the gradient of Σ y². */
async function valuesOf(nodes: readonly Node[]) {
  const model = modelOf(nodes);
  const x = float32([1, 2, 3, 4]);
  const whole = await (await openModel(model))({ x });
  const g = GraphBuilder.from(model);
  const y = g.value("y");
  g.output("dx", gradient(g, g.reduceSum(g.mul(y, y)), [g.value("x")])[0]!);
  const { y: apart, dx } = await (await openModel(g.build()))({ x });
  expect(apart).toEqual(whole.y);
  return { y: Array.from(apart!.data as Float32Array), dx: Array.from(dx!.data as Float32Array) };
}

it("takes a part of given lengths out of a sequence", async () => {
  const split = node("SplitToSequence", ["x", "lengths"], ["parts"]);
  expect(await valuesOf([split, node("SequenceAt", ["parts", "last"], ["y"])])).toEqual({
    y: [2, 3, 4],
    dx: [0, 4, 6, 8],
  });
});

it("joins what was put together, inserted and erased", async () => {
  const { y, dx } = await valuesOf([
    node("SplitToSequence", ["x", "two"], ["halves"]),
    node("SequenceAt", ["halves", "second"], ["half"]),
    node("SequenceInsert", ["halves", "half", "first"], ["three"]),
    node("SequenceErase", ["three", "second"], ["swapped"]),
    node("SequenceConstruct", ["half"], ["single"]),
    node("SequenceInsert", ["swapped", "half"], ["more"]),
    node("SequenceErase", ["more"], ["less"]),
    node("ConcatFromSequence", ["less"], ["y"], { axis: int(0), new_axis: int(1) }),
  ]);
  expect({ y, dx }).toEqual({ y: [3, 4, 3, 4], dx: [0, 0, 12, 16] });
});

it("counts what is in a sequence, and drops the axis along which it was split", async () => {
  const { y, dx } = await valuesOf([
    node("SplitToSequence", ["x"], ["numbers"], { keepdims: int(0) }),
    node("SequenceLength", ["numbers"], ["count"]),
    node("Cast", ["count"], ["factor"], { to: int(1) }),
    node("SequenceAt", ["numbers", "second"], ["number"]),
    node("Mul", ["number", "factor"], ["y"]),
  ]);
  expect({ y, dx }).toEqual({ y: [8], dx: [0, 64, 0, 0] });
});

it("leaves a sequence whole where only a run tells a place in it", () => {
  const nodes = [
    node("SplitToSequence", ["x", "two"], ["halves"]),
    node("SequenceLength", ["halves"], ["count"]),
    node("Cast", ["x"], ["places"], { to: int(7) }),
    node("ReduceMax", ["places"], ["place"], { keepdims: int(0) }),
    node("SequenceAt", ["halves", "place"], ["y"]),
  ];
  expect(() => GraphBuilder.from(modelOf(nodes))).toThrow(expect.objectContaining({ code: "onnx/unknown-op" }));
});
