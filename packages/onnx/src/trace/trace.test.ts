import { readFileSync } from "node:fs";
import { float64, type Tensor } from "@athanor/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { openModel } from "../testing/run-model.ts";
import { grad, valueAndGrad } from "./grad.ts";
import { type GraphFunction, trace } from "./trace.ts";

const scalar = { dtype: "float64", shape: [] } as const;
const list = (length: number) => ({ dtype: "float64", shape: [length] }) as const;

/** Runs a function of one number on ONNX Runtime. */
async function at(fn: GraphFunction<[Value], Value>, x: number): Promise<number> {
  const { model } = trace(fn, [scalar]);
  return Number((await (await openModel(model))({ x0: float64([x], []) })).y!.data[0]);
}

const cube = (g: GraphBuilder, x: Value) => g.mul(x, g.mul(x, x));

interface Line {
  readonly w: Value;
  readonly b: Value;
}
const squares = (g: GraphBuilder, { w, b }: Line, x: Value, y: Value) => {
  const error = g.sub(g.add(g.mul(x, w), b), y);
  return g.reduceSum(g.mul(error, error));
};
const line = { w: scalar, b: scalar };

describe("trace", () => {
  it("turns a function into a graph with names from its trees", async () => {
    const fn = (g: GraphBuilder, { a, rest }: { a: Value; rest: readonly Value[] }) => ({
      sum: rest.reduce((total, value) => g.add(total, value), a),
      a,
    });
    const { model, inputs, outputs } = trace(fn, [{ a: list(2), rest: [list(2), scalar] }]);
    expect(inputs[0].rest.map(({ name }) => name)).toEqual(["rest.0", "rest.1"]);
    expect(outputs).toEqual({ sum: { name: "sum", ...list(2) }, a: { name: "a'", ...list(2) } });
    const run = await openModel(model);
    const results = await run({ a: float64([1, 2]), "rest.0": float64([10, 20]), "rest.1": float64([5], []) });
    expect(Array.from(results.sum!.data as Float64Array)).toEqual([16, 27]);
    expect(Array.from(results["a'"]!.data as Float64Array)).toEqual([1, 2]);
  });

  it("refuses what is no tree of values", () => {
    const fn = (g: GraphBuilder, x: Value) => ({ y: g.exp(x), count: 3 });
    expect(() => trace(fn, [scalar] as never)).toThrow(/expected values in plain arrays and objects, got 3 at count/);
  });

  it("refuses values of another trace", () => {
    let leaked: Value | undefined;
    trace((g, x: Value) => (leaked = g.exp(x)), [scalar]);
    const foreign = expect.objectContaining({ code: "onnx/foreign-value" });
    expect(() => trace((g, x: Value) => g.add(x, leaked!), [scalar])).toThrow(foreign);
    expect(() => trace(() => leaked!, [])).toThrow(foreign);
  });

  it("names both shapes and the line that asked for what cannot be", () => {
    const fn = (g: GraphBuilder, x: Value, y: Value) => g.matMul(x, y); // the line that the error names
    const source = readFileSync(import.meta.filename, "utf8").split("\n");
    const line = source.findIndex((text) => text.includes("g.matMul(x, y); // the line")) + 1;
    const error = thrown(() =>
      trace(fn, [
        { dtype: "float32", shape: [2, 3] },
        { dtype: "float32", shape: [4, 5] },
      ]),
    );
    expect(error.message).toMatch(/\[2, 3\] and \[4, 5\]/);
    expect(error.details.at).toMatch(new RegExp(`trace\\.test\\.ts:${line}$`));
    expect(error.message).toContain(error.details.at);
  });

  it("keeps the types of trees", () => {
    const { inputs, outputs } = trace(valueAndGrad(squares), [line, list(3), list(3)]);
    expectTypeOf(inputs[0].w).toEqualTypeOf<Value>();
    expectTypeOf(outputs.gradient.b).toEqualTypeOf<Value>();
    expect(outputs.gradient.b).toEqual({ name: "gradient.b", ...scalar });
    // @ts-expect-error a missing argument
    expect(() => trace(squares, [line, list(3)])).toThrow();
    // @ts-expect-error a tree of another form
    expect(() => trace(squares, [{ w: scalar }, list(3), list(3)])).toThrow();
  });
});

describe("grad", () => {
  it("composes to any order", async () => {
    expect(await at(grad(cube), 2)).toBe(12);
    expect(await at(grad(grad(cube)), 2)).toBe(12);
    expect(await at(grad(grad(grad(cube))), 2)).toBe(6);
  });

  it("gives trees by trees, for one argument or several", async () => {
    const both = valueAndGrad(squares, { argnums: [0, 1] });
    const { model } = trace(both, [line, list(2), list(2)]);
    const feeds = { "x0.w": float64([3], []), "x0.b": float64([1], []), x1: float64([1, 2]), x2: float64([0, 0]) };
    const results: Record<string, Tensor> = await (await openModel(model))(feeds);
    const numbers = Object.fromEntries(
      Object.entries(results).map(([name, { data }]) => [name, Array.from(data as Float64Array)]),
    );
    expect(numbers).toEqual({ value: [65], "gradient.0.w": [36], "gradient.0.b": [22], "gradient.1": [24, 42] });
  });

  it("takes a value that comes in by closure or by another argument for a constant", async () => {
    const product = (g: GraphBuilder, a: Value, b: Value) => g.mul(a, b);
    expect(await at((g, x) => grad(product)(g, x, x), 5)).toBe(5);
    expect(await at((g, x) => grad((inner, y: Value) => inner.mul(x, y))(g, x), 5)).toBe(5);
    // d/dx [x · d/dy (x + y)] = 1
    const nested = (g: GraphBuilder, x: Value) => g.mul(x, grad((inner, y: Value) => inner.add(x, y))(g, x));
    expect(await at(grad(nested), 7)).toBe(1);
  });

  it("multiplies a Hessian with a vector", async () => {
    const f = (g: GraphBuilder, x: Value) => g.reduceSum(cube(g, x));
    const product = (g: GraphBuilder, x: Value, v: Value) =>
      grad((inner, at: Value) => inner.reduceSum(inner.mul(grad(f)(inner, at), v)))(g, x);
    const { model } = trace(product, [list(2), list(2)]);
    const { y } = await (await openModel(model))({ x0: float64([1, 2]), x1: float64([1, 10]) });
    expect(Array.from(y!.data as Float64Array)).toEqual([6, 120]);
  });

  it("wants a scalar, and says where", () => {
    const error = thrown(() =>
      trace(
        grad((g, x: Value) => g.exp(x)),
        [list(2)],
      ),
    );
    expect(error).toMatchObject({ code: "onnx/shape", details: { at: expect.stringContaining("trace.test.ts:") } });
  });

  it("refuses to differentiate by whole numbers", () => {
    const fn = (g: GraphBuilder, x: Value) => g.reduceSum(g.cast(x, "float32"));
    expect(() => trace(grad(fn), [{ dtype: "int64", shape: [2] }])).toThrow(
      expect.objectContaining({ code: "onnx/dtype" }),
    );
  });

  it("keeps the types of arguments", () => {
    expectTypeOf(grad(squares)).toEqualTypeOf<GraphFunction<[Line, Value, Value], Line>>();
    expectTypeOf(grad(squares, { argnums: [1, 0] })).returns.toEqualTypeOf<readonly [Value, Line]>();
    expectTypeOf(valueAndGrad(squares, { argnums: 2 })).returns.toEqualTypeOf<{
      readonly value: Value;
      readonly gradient: Value;
    }>();
    // @ts-expect-error a function that returns no value
    grad((_g: GraphBuilder, x: Value) => [x]);
  });
});

function thrown(work: () => unknown) {
  try {
    work();
  } catch (error) {
    return error as Error & { readonly code: string; readonly details: { readonly at: string } };
  }
  throw new Error("nothing was thrown");
}
