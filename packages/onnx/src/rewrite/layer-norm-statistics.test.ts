import { float32, Random, type Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkRewrite, operatorsOf } from "../testing/check-rewrite.ts";
import { layerNormStatistics } from "./layer-norm-statistics.ts";

const random = Random.from(3);
const drawn = (...shape: number[]): Tensor =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );
const count = (operators: readonly string[], op: string) => operators.filter((each) => each === op).length;

/** The gradient of a normalized value times a weight; a second epsilon is that of an own variance of the same value. */
function model(attributes: { axis?: number; epsilon?: number } = {}, recomputed?: number) {
  const g = new GraphBuilder();
  const own = attributes.axis === 1 ? [2, 6] : [6];
  const x = g.input("x", "float32", [4, 2, 6]);
  const [scale, shift] = [g.input("scale", "float32", own), g.input("shift", "float32", own)];
  const y = g.op("LayerNormalization", [x, scale, shift], attributes);
  if (recomputed === undefined) {
    const gradients = gradient(g, g.reduceSum(g.mul(y, g.exp(y))), [x, scale, shift]);
    for (const [i, value] of gradients.entries()) g.output(`d${i}`, value);
  } else {
    const centred = g.sub(x, g.reduceMean(x, [2], true));
    g.output("inverse", g.exp(g.div(1, g.sqrt(g.add(g.reduceMean(g.mul(centred, centred), [2], true), recomputed)))));
  }
  g.output("y", y);
  return g.build();
}
const feeds = { x: drawn(4, 2, 6), scale: drawn(6), shift: drawn(6) };

describe("layerNormStatistics", () => {
  it("takes mean and deviation of the gradient from the forward pass", async () => {
    const before = operatorsOf(model());
    const after = operatorsOf(await checkRewrite(model(), layerNormStatistics, feeds));
    expect(count(before, "Sqrt") - count(after, "Sqrt")).toBe(1);
    expect(count(before, "ReduceMean") - count(after, "ReduceMean")).toBe(2);
    expect(before.length - after.length).toBe(6);
  });

  it("finds it with another epsilon when both agree", async () => {
    const after = await checkRewrite(model({ epsilon: 1e-3 }, 1e-3), layerNormStatistics, feeds);
    expect(operatorsOf(after)).not.toContain("Sqrt");
  });

  it("leaves what another epsilon or other axes make different", async () => {
    const [epsilon, axes] = [model({}, 1e-2), model({ axis: 1, epsilon: 1e-2 }, 1e-2)];
    expect(await layerNormStatistics(epsilon)).toBe(epsilon);
    expect(await layerNormStatistics(axes)).toBe(axes);
  });
});
