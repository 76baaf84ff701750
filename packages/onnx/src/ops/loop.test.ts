import { float64, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { openModel } from "../testing/run-model.ts";
import { loop } from "./loop.ts";

const control = [
  { dtype: "int64", shape: [] },
  { dtype: "bool", shape: [] },
] as const;
const trips = (count: number) => ({ shape: [], dtype: "int64" as const, values: [count] });

/** h' = tanh(x[t] + h), which also collects h². */
const recurrence = (g: GraphBuilder, [x]: readonly Value[]) => ({
  body: g.body([...control, { dtype: x!.dtype, shape: [2] }], (inner, [t, goesOn, h]) => [
    goesOn!,
    inner.tanh(inner.add(h!, inner.gather(x!, t!))),
    inner.mul(h!, h!),
  ]),
});
/** Doubles h by x until it is long. */
const search = (g: GraphBuilder, [x]: readonly Value[]) => ({
  body: g.body([...control, { dtype: x!.dtype, shape: [2] }], (inner, [, , h]) => {
    const next = inner.mul(h!, inner.add(inner.mul(x!, x!), 1.5));
    return [inner.less(inner.reduceSum(inner.mul(next, next)), 50), next];
  }),
});
const go = { shape: [], dtype: "bool" as const, values: [1] };

checkOp(loop, [
  {
    title: "a known number of trips",
    inputs: [{ ...trips(3), isConstant: true }, undefined, { shape: [2] }],
    captured: [{ shape: [4, 2] }],
    attributes: recurrence,
    outputs: 2,
    lossOf: [0],
  },
  {
    title: "what the iterations collected",
    inputs: [{ ...trips(3), isConstant: true }, { ...go, isConstant: true }, { shape: [2] }],
    captured: [{ shape: [4, 2] }],
    attributes: recurrence,
    outputs: 2,
    lossOf: [0, 1],
  },
  {
    title: "a state of an open length",
    inputs: [{ ...trips(3), isConstant: true }, undefined, { shape: [2], isOpen: true }],
    captured: [{ shape: [4, 2] }],
    attributes: recurrence,
    outputs: 2,
  },
  {
    title: "an end that the values decide",
    inputs: [undefined, go, { shape: [2], values: [1, -0.5] }],
    captured: [{ shape: [2], values: [0.3, 0.7] }],
    attributes: search,
  },
]);

describe("Loop", () => {
  it("adds up the gradients of states that start as the same value", async () => {
    const g = new GraphBuilder();
    const start = g.input("start", "float64", [2]);
    const state = { dtype: "float64", shape: [2] } as const;
    const body = g.body([...control, state, state], (inner, [, goesOn, a, b]) => [
      goesOn!,
      inner.mul(a!, b!),
      inner.mul(b!, 2),
    ]);
    const [a, b] = g.ops("Loop", [g.constant(2, "int64"), undefined, start, start], { body }, { outputs: 2 });
    // After two trips a = 2 s³ and b = 4 s.
    const loss = g.reduceSum(g.add(a!, b!));
    g.output("gradient", gradient(g, loss, [start])[0]!);
    const run = await openModel(g.build());
    const { gradient: slopes } = await run({ start: float64([0.5, -1]) });
    expect(Array.from(slopes!.data as Float64Array)).toEqual([0.5, -1].map((s) => 6 * s * s + 4));
  });

  it("has the gradient of as many trips as it made", async () => {
    const g = new GraphBuilder();
    const [x, h, count] = [
      g.input("x", "float64", [4, 2]),
      g.input("h", "float64", [2]),
      g.input("count", "int64", []),
    ];
    const [last] = g.ops("Loop", [count, undefined, h], recurrence(g, [x]), { outputs: 2 });
    const [dx] = gradient(g, g.reduceSum(last!), [x]);
    g.output("dx", dx!);
    const run = await openModel(g.build());
    const zero = { x: float64(new Float64Array(8), [4, 2]), h: float64([0, 0]) };
    for (const trip of [0, 1, 3]) {
      const { dx: result } = await run({ ...zero, count: new Tensor("int64", BigInt64Array.of(BigInt(trip)), []) });
      expect(Array.from(result!.data as Float64Array)).toEqual(
        [0, 1, 2, 3].flatMap((t) => (t < trip ? [1, 1] : [0, 0])),
      );
    }
  });

  it("names a state that grows", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [1, 2]);
    const body = g.body([...control, { dtype: "float32", shape: ["rows", 2] }], (inner, [, goesOn, h]) => [
      goesOn!,
      inner.concat([h!, x], 0),
    ]);
    const y = g.op("Loop", [g.constant(3, "int64"), undefined, x], { body });
    expect(y.shape).toEqual(["loop_0_0", 2]);
    expect(() => gradient(g, g.op("ReduceMax", [y], { keepdims: 0 }), [x])).toThrow(
      /Loop: expected a state that keeps its shape/,
    );
  });
});
