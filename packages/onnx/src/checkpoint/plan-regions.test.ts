import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { operatorsOf } from "../testing/check-rewrite.ts";
import { savedActivations } from "./saved-activations.ts";

const bytes = 8 * 16 * 4;
const depth = 12;

/** Twelve values of 512 bytes are saved without regions. */
function differentiate(budgetBytes?: number) {
  const g = new GraphBuilder();
  let x = g.input("x", "float32", [8, 16]);
  const weights = Array.from({ length: depth }, (_, i) => g.input(`w${i}`, "float32", [16, 16]));
  for (const w of weights) x = g.tanh(g.matMul(x, w));
  const forwardCount = g.nodes.length;
  const gradients = gradient(g, g.reduceSum(x), weights, {
    checkpoint: budgetBytes === undefined ? undefined : { budgetBytes },
  });
  for (const [i, value] of gradients.entries()) g.output(`d${i}`, value);
  const saved = savedActivations(g, gradients, forwardCount).reduce((total, each) => total + each.bytes, 0);
  return { saved, operators: operatorsOf(g.build()) };
}

describe("a budget for activations", () => {
  it("changes nothing where everything fits", () => {
    expect(differentiate(depth * bytes)).toEqual(differentiate());
    expect(differentiate().saved).toBe(depth * bytes);
  });

  it("keeps less the smaller it is, and computes more again", () => {
    const again = [depth, 10, 8, 6].map((values) => {
      const { saved, operators } = differentiate(values * bytes);
      expect(saved).toBeLessThanOrEqual(values * bytes);
      return operators.filter((op) => op === "Tanh").length - depth;
    });
    expect(again[0]).toBe(0);
    expect(again[1]).toBeGreaterThan(0);
    expect(again).toEqual(again.toSorted((a, b) => a - b));
  });

  it("names the least that can be reached", () => {
    expect(() => differentiate(bytes)).toThrow(/budget for activations of at least \d+ bytes, got 512/);
  });
});
