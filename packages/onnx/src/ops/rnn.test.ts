import { float32, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { pullback } from "../autodiff/pullback.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { checkOp, type OpSample } from "../testing/check-op.ts";
import { type Recurrence, recurrence } from "../testing/recurrence.ts";
import { openModel } from "../testing/run-model.ts";
import { rnn } from "./rnn.ts";

const [steps, batch, features, hidden] = [3, 2, 3, 2];
const range = [-1, 1] as const;

const sample = (
  title: string,
  options: Recurrence,
  attributes = {},
  more: OpSample["inputs"] = [],
  count = 1,
): OpSample => ({
  title,
  inputs: [
    { shape: [steps, batch, features], range },
    { shape: [count, hidden, features], range },
    { shape: [count, hidden, hidden], range },
    { shape: [count, 2 * hidden], range },
    ...more,
  ],
  attributes: { hidden_size: hidden, ...attributes },
  outputs: 2,
  reference: recurrence("RNN", options),
});
const fill = (size: number) => Float32Array.from({ length: size }, (_, i) => Math.sin(i + 1));
const state = (count = 1) => ({ shape: [count, batch, hidden], range });
const lengths = { shape: [batch], dtype: "int32" as const, values: [1, 3] };

checkOp(rnn, [
  sample("forward", {}),
  sample("reverse", { direction: "reverse" }, { direction: "reverse" }, [undefined, state()]),
  sample("both directions", {}, { direction: "bidirectional" }, [undefined, state(2)], 2),
  sample("sequences that end earlier", { lengths: [1, 3] }, {}, [lengths, state()]),
  sample(
    "a leaking unit",
    { activations: [(x) => (x < 0 ? 0.2 * x : x)] },
    { activations: ["LeakyRelu"], activation_alpha: [0.2] },
  ),
  sample(
    "another slope each direction",
    { activations: [(x) => (x < 0 ? 0.2 * x : x), (x) => (x < 0 ? 0.5 * x : x)] },
    { direction: "bidirectional", activations: ["LeakyRelu", "LeakyRelu"], activation_alpha: [0.2, 0.5] },
    [],
    2,
  ),
  { ...sample("the last state", { read: "h" }, {}, [undefined, state()]), lossOf: [1] },
]);

describe("RNN", () => {
  it("turns batch-first sequences around the operator", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [batch, steps, features]);
    const [w, r] = [
      g.constant(float32(fill(hidden * features), [1, hidden, features])),
      g.constant(float32(fill(hidden * hidden), [1, hidden, hidden])),
    ];
    const weights = g.constant(float32(fill(batch * steps * hidden), [batch, steps, 1, hidden]));
    const turned = g.ops("RNN", [g.transpose(x, [1, 0, 2]), w, r], { hidden_size: hidden }, { outputs: 2 });
    const [plain] = gradient(g, g.reduceSum(g.mul(g.transpose(turned[0]!, [2, 0, 1, 3]), weights)), [x]);
    const y = g.op("RNN", [x, w, r], { hidden_size: hidden, layout: 1 });
    const [own] = gradient(g, g.reduceSum(g.mul(y, weights)), [x]);
    expect(y.shape).toEqual([batch, steps, 1, hidden]);
    g.output("plain", plain!);
    g.output("own", own!);
    const results = await (await openModel(g.build()))({
      x: float32(fill(batch * steps * features), [batch, steps, features]),
    });
    expect(results.own!.data).toEqual(results.plain!.data);
  });

  it("follows sequences of any length and of any batch", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", ["steps", "batch", features]);
    const lengths = g.input("lengths", "int32", ["batch"]);
    const [w, r] = [
      [1, hidden, features],
      [1, hidden, hidden],
    ].map((shape) => {
      return g.constant(float32(fill(shape[1]! * shape[2]!), shape));
    });
    const attributes = { hidden_size: hidden, direction: "reverse" };
    const [y] = g.ops("RNN", [x, w, r, undefined, lengths], attributes, { outputs: 2 });
    const [dx] = pullback(g, { nodes: [...g.nodes], outputs: [y], upstream: [y], wanted: [x] });
    expect(dx!.shape.at(-1)).toBe(features);
    g.output("dx", dx!);
    const run = await openModel(g.build());
    const given = (count: number) => ({ x: float32(fill(count * 2 * features), [count, 2, features]) });
    const ends = (...values: number[]) => ({ lengths: new Tensor("int32", Int32Array.from(values), [2]) });
    const short = await run({ ...given(3), ...ends(3, 2) });
    const long = await run({ ...given(5), ...ends(3, 2) });
    expect(short.dx!.shape).toEqual([3, 2, features]);
    const [few, many] = [short, long].map(({ dx }) => Array.from(dx!.data as Float32Array));
    expect(many!.slice(0, few!.length)).toEqual(few);
    expect(many!.slice(few!.length).every((value) => value === 0)).toBe(true);
  });
});
