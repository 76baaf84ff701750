import { float32, Tensor } from "@athanor/core";
import { tableFromRows } from "@athanor/data";
import { GraphBuilder } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { expect, it } from "vitest";
import { categoricalFeatures, encoderToOnnx, encodeTable, featureNames, fitTableEncoder } from "./table-encoder.ts";

const table = tableFromRows([
  { age: 20, plan: "gold", paid: true },
  { age: null, plan: "blue", paid: false },
  { age: 41.3, plan: null, paid: true },
]);
const encoder = fitTableEncoder(table, ["age", "plan", "paid"]);

it("keeps numbers, and numbers the categories of texts", () => {
  expect(featureNames(encoder)).toEqual(["age", "plan", "paid"]);
  expect(categoricalFeatures(encoder)).toEqual([1]);
  const { data, shape } = encodeTable(encoder, table);
  expect(shape).toEqual([3, 3]);
  expect(data).toEqual(Float32Array.of(20, 1, 1, Number.NaN, 0, 0, 41.3, Number.NaN, 1));
});

it("leaves out a text column in which nothing repeats itself", () => {
  const rows = Array.from({ length: 300 }, (_, i) => ({ phone: `0${i}`, plan: ["gold", "blue"][i % 2] }));
  const many = fitTableEncoder(tableFromRows([...rows, { phone: "1", plan: "rare" }]), ["phone", "plan"]);
  expect(many.columns).toEqual([{ name: "plan", type: "text", categories: ["blue", "gold"] }]);
  expect(() => fitTableEncoder(tableFromRows(rows), ["phone"])).toThrow(/repeats itself/);
});

it("computes the same bits when it is exported", async () => {
  const g = new GraphBuilder();
  g.output("features", encoderToOnnx(encoder, g));
  const feeds = {
    age: float32([20, Number.NaN, 41.3], [3, 1]),
    plan: new Tensor("string", ["gold", "blue", "green"], [3, 1]),
    paid: float32([1, 0, 1], [3, 1]),
  };
  const { features } = await (await openModel(g.build()))(feeds);
  expect(features!.data).toEqual(encodeTable(encoder, table).data);
});

it("names a column that is not there", () => {
  expect(() => fitTableEncoder(table, ["plans"])).toThrow(/age, plan, paid, got plans/);
});
