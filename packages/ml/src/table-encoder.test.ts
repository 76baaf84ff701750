import { float32, Tensor } from "@athanor/core";
import { tableFromRows } from "@athanor/data";
import { GraphBuilder } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { expect, it } from "vitest";
import { encoderToOnnx, encodeTable, featureNames, fitTableEncoder } from "./table-encoder.ts";

const table = tableFromRows([
  { age: 20, plan: "gold", paid: true },
  { age: null, plan: "blue", paid: false },
  { age: 41.3, plan: null, paid: true },
]);
const encoder = fitTableEncoder(table, ["age", "plan", "paid"]);

it("imputes and scales numbers, gives each category a column", () => {
  expect(featureNames(encoder)).toEqual(["age", "plan=blue", "plan=gold", "paid"]);
  const { data, shape } = encodeTable(encoder, table);
  expect(shape).toEqual([3, 4]);
  expect(data[4]).toBe(0);
  expect(Array.from(data.subarray(1, 3))).toEqual([0, 1]);
  expect(Array.from(data.subarray(9, 11))).toEqual([0, 0]);
});

it("computes the same bits when it is exported", async () => {
  const g = new GraphBuilder();
  g.output("features", encoderToOnnx(encoder, g));
  const feeds = {
    age: float32([20, Number.NaN, 41.3], [3, 1]),
    plan: new Tensor("string", ["gold", "blue", ""], [3, 1]),
    paid: float32([1, 0, 1], [3, 1]),
  };
  const { features } = await (await openModel(g.build()))(feeds);
  expect(features!.data).toEqual(encodeTable(encoder, table).data);
});

it("names a column that is not there", () => {
  expect(() => fitTableEncoder(table, ["plans"])).toThrow(/age, plan, paid, got plans/);
});
