import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { savedActivations } from "./saved-activations.ts";

describe("savedActivations", () => {
  it("lists what the backward pass reads, the largest first, and no inputs", () => {
    const g = new GraphBuilder();
    const [x, w] = [g.input("x", "float32", [4, 3]), g.input("w", "float32", [3, 2])];
    const y = g.op("Sigmoid", [g.matMul(x, w)], {}, { name: "squash" });
    const total = g.op("Exp", [g.reduceSum(y)], {}, { name: "grow" });
    const forward = g.nodes.length;
    const gradients = gradient(g, total, [w]);
    expect(savedActivations(g, gradients, forward)).toEqual([
      { name: "squash_out", node: "squash", bytes: 4 * 2 * 4 },
      { name: "grow_out", node: "grow", bytes: 4 },
    ]);
  });

  it("counts a view as what it is a view of", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [4, 3]);
    const y = g.exp(x);
    const loss = g.reduceSum(g.mul(g.reshape(y, [12]), g.op("Flatten", [y], { axis: 0 })));
    const forward = g.nodes.length;
    const saved = savedActivations(g, gradient(g, loss, [x]), forward);
    expect(saved.map(({ name }) => name)).toEqual([y.name]);
  });
});
