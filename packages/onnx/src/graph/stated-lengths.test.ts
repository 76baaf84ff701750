import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { openModel } from "../testing/run-model.ts";
import { tensorOf } from "../testing/tensor-of.ts";
import { GraphBuilder } from "./graph-builder.ts";

const lengthAt = (g: GraphBuilder, shape: ReturnType<GraphBuilder["value"]>, axis: number) =>
  g.op("Unsqueeze", [g.gather(shape, g.constant(axis, "int64")), g.constant([0], "int64")]);

it("keeps the names of lengths that a model computes a shape of", () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["batch", "tokens", 12]);
  const shape = g.op("Shape", [x]);
  const heads = g.concat([lengthAt(g, shape, 0), lengthAt(g, shape, 1), g.constant([3, 4], "int64")], 0);
  expect(g.op("Reshape", [x, heads]).shape).toEqual(["batch", "tokens", 3, 4]);
  const ends = [[0], [2]].map((bound) => g.constant(bound, "int64"));
  const front = g.op("Slice", [g.op("Cast", [shape], { to: 7 }), ...ends]);
  expect(g.op("ConstantOfShape", [front]).shape).toEqual(["batch", "tokens"]);
  const row = g.op("Reshape", [x, g.concat([g.op("Shape", [x], { end: 1 }), g.constant([-1], "int64")], 0)]);
  expect(row.shape).toEqual(["batch", "12*tokens"]);
});

it("leaves open what is no length of an axis", () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["batch", 2]);
  const sizes = g.input("sizes", "int64", [2]);
  expect(g.op("Reshape", [x, sizes]).shape).toEqual(["reshape_0", "reshape_1"]);
});

it("gives gradients the shape of what has several open lengths", async () => {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["a", "b", 1]);
  const rows = g.op("Squeeze", [x, g.constant([2], "int64")]);
  const loss = g.reduceSum(g.mul(g.op("Flatten", [rows], { axis: 0 }), 3));
  g.output("dx", gradient(g, loss, [x])[0]!);
  const { dx } = await (await openModel(g.build()))({ x: tensorOf("float32", [1, 2, 3, 4, 5, 6], [2, 3, 1]) });
  expect([dx!.shape, Array.from(dx!.data as Float32Array)]).toEqual([[2, 3, 1], new Array(6).fill(3)]);
});
