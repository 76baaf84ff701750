import { expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { constant } from "./constant.ts";

checkOp(constant, [
  { title: "a number", inputs: [], attributes: { value_float: 2 } },
  { title: "whole numbers", inputs: [], attributes: { value_ints: [1, 2] } },
]);

it("refuses a node without a dense value", () => {
  expect(() => new GraphBuilder().op("Constant", [])).toThrow(expect.objectContaining({ code: "onnx/attribute" }));
});
