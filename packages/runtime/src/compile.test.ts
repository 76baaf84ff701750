import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { float32, float64, type Tensor } from "@athanor/core";
import { type GraphBuilder, grad, type Value, valueAndGrad } from "@athanor/onnx";
import { describe, expect, expectTypeOf, it, vi } from "vitest";
import { compile } from "./compile.ts";
import { openSessionCount } from "./open-session.ts";

const numbers = (tensor: Tensor) => Array.from(tensor.data as ArrayLike<number>);

interface Line {
  readonly w: Value;
  readonly b: Value;
}
/** Traced once for each graph that is opened. */
const squared = () => vi.fn((g: GraphBuilder, x: Value) => g.mul(x, x));
const error = (g: GraphBuilder, { w, b }: Line, x: Value, y: Value) => {
  const difference = g.sub(g.add(g.mul(x, w), b), y);
  return g.reduceMean(g.mul(difference, difference));
};

describe("compile", () => {
  it("runs a function over symbolic values on tensors", async () => {
    await using run = compile((g, x: Value, y: Value) => ({ sum: g.add(x, y), both: [g.mul(x, y), x] as const }));
    const { sum, both } = await run(float32([1, 2]), float32([10], [1]));
    expect(numbers(sum)).toEqual([11, 12]);
    expect(both.map(numbers)).toEqual([
      [10, 20],
      [1, 2],
    ]);
  });

  it("learns a line by a gradient of a tree", async () => {
    const trace = vi.fn((g: GraphBuilder, line: Line, x: Value, y: Value) => {
      const { value, gradient } = valueAndGrad(error)(g, line, x, y);
      const next = (p: Value, dp: Value) => g.sub(p, g.mul(dp, 0.1));
      return { loss: value, line: { w: next(line.w, gradient.w), b: next(line.b, gradient.b) } };
    });
    await using step = compile(trace);
    let line = { w: float64([0], []), b: float64([0], []) } as { w: Tensor; b: Tensor };
    const [x, y] = [float64([-1, 0, 1, 2]), float64([-1, 1, 3, 5])];
    for (let i = 0; i < 200; i++) ({ line } = await step(line, x, y));
    expect(numbers(line.w)[0]).toBeCloseTo(2, 5);
    expect(numbers(line.b)[0]).toBeCloseTo(1, 5);
    expect(trace).toHaveBeenCalledTimes(1);
  });

  it("keeps double precision where the runtime would round", async () => {
    const x = float64([0.5, -1]);
    await using scaled = compile((g, x: Value) => g.div(g.matMul(x, x), 5));
    expect(numbers(await scaled(x))[0]).toBeCloseTo(1.25 / 5, 14);
    await using swish = compile((g, x: Value) => g.mul(x, g.sigmoid(g.mul(x, 1.7))));
    expect(numbers(await swish(x))[0]).toBeCloseTo(0.5 / (1 + Math.exp(-0.85)), 14);
  });

  it("opens one graph for each combination of shapes and element types", async () => {
    const trace = squared();
    await using square = compile(trace);
    for (const x of [float32([1]), float32([2]), float32([1, 2]), float32([1, 2], [2, 1]), float64([1])])
      await square(x);
    expect(trace).toHaveBeenCalledTimes(4);
  });

  it("opens one graph when it is called twice at once", async () => {
    const trace = squared();
    await using square = compile(trace);
    const results = await Promise.all([3, 4].map((x) => square(float32([x]))));
    expect(results.map(numbers)).toEqual([[9], [16]]);
    expect(trace).toHaveBeenCalledTimes(1);
  });

  it("keeps no more graphs than it may, and opens again what it closed", async () => {
    const trace = squared();
    await using square = compile(trace, { maxGraphs: 2 });
    const run = async (length: number) => numbers(await square(float32(new Float32Array(length).fill(length))))[0];
    for (const [length, expected] of [1, 2, 1, 3, 1, 2].map((n, i) => [n, [1, 2, 2, 3, 3, 4][i]] as const)) {
      expect(await run(length)).toBe(length ** 2);
      expect(trace).toHaveBeenCalledTimes(expected!);
    }
  });

  it("names the line of a mistake, and forgets the attempt", async () => {
    await using product = compile((g, a: Value, b: Value) => g.matMul(a, b));
    const [a, b] = [float32([1, 2], [1, 2]), float32([1, 2, 3], [3, 1])];
    for (const _ of [1, 2])
      await expect(product(a, b)).rejects.toMatchObject({
        code: "onnx/shape",
        details: { at: expect.stringMatching(/compile\.test\.ts:\d+$/), shapes: ["[1, 2]", "[3, 1]"] },
      });
    expect(numbers(await product(a, float32([3, 4], [2, 1])))).toEqual([11]);
  });

  it("refuses calls once it is disposed", async () => {
    const square = compile((g, x: Value) => g.mul(x, x));
    await square(float32([1]));
    await square[Symbol.asyncDispose]();
    await expect(square(float32([1]))).rejects.toMatchObject({ code: "runtime/closed" });
  });

  it("closes the graphs of a function that nobody holds any more", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const before = openSessionCount();
    let square: ((x: Tensor) => Promise<Tensor>) | undefined = compile((g, x: Value) => g.mul(x, x));
    await square(float32([1]));
    expect(openSessionCount()).toBe(before + 1);
    square = undefined;
    await vi.waitFor(() => {
      collect();
      expect(openSessionCount()).toBeLessThanOrEqual(before);
    });
  });

  it("keeps the types of arguments and results", async () => {
    await using slope = compile(grad(error));
    expectTypeOf(slope).parameters.toEqualTypeOf<[{ readonly w: Tensor; readonly b: Tensor }, Tensor, Tensor]>();
    expectTypeOf(slope).returns.resolves.toEqualTypeOf<{ readonly w: Tensor; readonly b: Tensor }>();
    // @ts-expect-error a tree of another form
    await expect(slope({ w: float32([1], []) }, float32([1]), float32([1]))).rejects.toThrow();
  });
});
