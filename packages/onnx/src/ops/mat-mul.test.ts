import { expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { matMul } from "./mat-mul.ts";

it("names both shapes when inner axes differ", () => {
  const g = new GraphBuilder();
  const [a, b] = [g.input("a", "float32", [2, 3]), g.input("b", "float32", [4, 5])];
  expect(() => g.matMul(a, b)).toThrow("MatMul: expected inner axes to agree, got [2, 3] and [4, 5]");
});

checkOp(matMul, [
  { title: "matrices", inputs: [{ shape: [2, 3] }, { shape: [3, 4] }] },
  { title: "a stack against a matrix", inputs: [{ shape: [2, 3, 4] }, { shape: [4, 2] }] },
  { title: "stacks", inputs: [{ shape: [2, 3, 4] }, { shape: [2, 4, 2] }] },
  { title: "a stack that broadcasts", inputs: [{ shape: [2, 1, 3, 4] }, { shape: [2, 4, 2] }] },
  { title: "two vectors", inputs: [{ shape: [3] }, { shape: [3] }] },
  { title: "a vector against a stack", inputs: [{ shape: [3] }, { shape: [2, 3, 4] }] },
  { title: "a stack against a vector", inputs: [{ shape: [2, 3, 4] }, { shape: [4] }] },
]);
