import { float64 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { openModel } from "../testing/run-model.ts";
import { gradient } from "./gradient.ts";
import { stopGradient } from "./stop-gradient.ts";

const run = async (
  g: GraphBuilder,
  outputs: Readonly<Record<string, ReturnType<GraphBuilder["value"]>>>,
  x: readonly number[],
) => {
  for (const [name, value] of Object.entries(outputs)) g.output(name, value);
  const results = await (await openModel(g.build()))({ x: float64(x) });
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, Array.from(data as Float64Array)]),
  );
};

describe("gradient", () => {
  it("sums what flows back from every use of a value", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float64", [2]);
    const loss = g.reduceSum(g.add(g.mul(x, x), g.add(g.exp(x), x)));
    const { dx } = await run(g, { dx: gradient(g, loss, [x])[0]! }, [0, 1]);
    expect(dx![0]).toBeCloseTo(2, 12);
    expect(dx![1]).toBeCloseTo(3 + Math.E, 12);
  });

  it("differentiates its own result", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float64", [3]);
    const [first] = gradient(g, g.reduceSum(g.mul(x, g.mul(x, x))), [x]);
    const [second] = gradient(g, g.reduceSum(first!), [x]);
    const [third] = gradient(g, g.reduceSum(second!), [x]);
    const { d1, d2, d3 } = await run(g, { d1: first!, d2: second!, d3: third! }, [-1, 2, 3]);
    expect(d1).toEqual([3, 12, 27]);
    expect(d2).toEqual([-6, 12, 18]);
    expect(d3).toEqual([6, 6, 6]);
  });

  it("gives zeros where the loss does not depend on a value", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float64", [2]);
    const other = g.constant(float64([5, 7]));
    const { d } = await run(g, { d: gradient(g, g.reduceSum(x), [other])[0]! }, [1, 2]);
    expect(d).toEqual([0, 0]);
  });

  it("builds nothing for values nobody asks about", () => {
    const count = (both: boolean) => {
      const g = new GraphBuilder();
      const [x, w] = [g.input("x", "float32", [4, 3]), g.input("w", "float32", [3, 2])];
      gradient(g, g.reduceSum(g.relu(g.matMul(x, w))), both ? [x, w] : [w]);
      return g.nodes.length;
    };
    expect(count(false)).toBe(count(true) - 1);
  });

  it("takes a stopped value for a constant", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float64", [2]);
    const straightThrough = g.add(x, stopGradient(g, g.sub(g.op("Floor", [x]), x)));
    const loss = g.reduceSum(g.mul(straightThrough, straightThrough));
    const { y, dx } = await run(g, { y: loss, dx: gradient(g, loss, [x])[0]! }, [1.5, -0.5]);
    expect(y).toEqual([2]);
    expect(dx).toEqual([2, -2]);
  });

  it("names the operator and the path that has no gradient", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2]);
    const loss = g.reduceSum(g.op("Hardmax", [x]));
    expect(() => gradient(g, loss, [x])).toThrow(/Hardmax: expected an operator with a gradient.*ReduceSum.*Hardmax/);
  });

  it("passes over whole-number paths", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2, 3]);
    const best = g.op("ArgMax", [x], { axis: 1, keepdims: 1 });
    const loss = g.reduceSum(g.op("GatherElements", [x, best], { axis: 1 }));
    expect(gradient(g, loss, [x])[0]!.shape).toEqual([2, 3]);
  });

  it("wants a scalar", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2]);
    expect(() => gradient(g, x, [x])).toThrow(/expected the loss to be a scalar, got x of shape \[2\]/);
  });
});
