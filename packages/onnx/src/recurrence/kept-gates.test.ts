import { Random, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { lower } from "../graph/lower.ts";
import { openModel } from "../testing/run-model.ts";

const [steps, features, hidden] = [4, 5, 192];

/** Loss and gradients of an LSTM, written again for a run. */
function network(direction: string, count: number, batch: number): GraphBuilder {
  const g = new GraphBuilder();
  const input = (name: string, shape: readonly number[]) => g.input(name, "float32", shape);
  const wanted = [
    input("x", [steps, batch, features]),
    input("w", [count, 4 * hidden, features]),
    input("r", [count, 4 * hidden, hidden]),
    input("b", [count, 8 * hidden]),
    input("h", [count, batch, hidden]),
    input("c", [count, batch, hidden]),
  ];
  const lengths = g.input("lengths", "int32", [batch]);
  const inputs = [...wanted.slice(0, 4), lengths, ...wanted.slice(4)];
  const [y, h, c] = g.ops("LSTM", inputs, { hidden_size: hidden, direction }, { outputs: 3 });
  const loss = [y!, h!, c!].map((value) => g.reduceSum(g.mul(value, value))).reduce((sum, term) => g.add(sum, term));
  g.output("loss", loss);
  for (const [i, value] of gradient(g, loss, wanted).entries()) g.output(`d${wanted[i]!.name}`, value);
  return lower(g);
}

const opsOf = (g: GraphBuilder) => g.nodes.map(({ definition }) => definition.name);

/** The same sequences twice in a batch: axis 1 of what has one. */
function doubled(name: string, { dtype, data, shape }: Tensor): Tensor {
  if (name === "lengths")
    return new Tensor(dtype, Int32Array.from([...(data as Int32Array), ...(data as Int32Array)]), [2 * shape[0]!]);
  if (!["x", "h", "c"].includes(name)) return new Tensor(dtype, data, shape);
  const [outer, batch, width] = shape as [number, number, number];
  const row = batch * width;
  const twice = Float32Array.from({ length: 2 * outer * row }, (_, i) => {
    const [part, within] = [Math.floor(i / (2 * row)), i % row];
    return (data as Float32Array)[part * row + within]!;
  });
  return new Tensor("float32", twice, [outer, 2 * batch, width]);
}

describe("an LSTM whose gates are kept", () => {
  it.each([
    ["forward", 1],
    ["reverse", 1],
    ["bidirectional", 2],
  ] as const)("has the gradients of one whose gates are computed again: %s", async (direction, count) => {
    const [small, large] = [network(direction, count, 16), network(direction, count, 32)];
    expect(opsOf(small)).toContain("LSTM");
    expect(opsOf(large)).not.toContain("LSTM");
    const random = Random.from(5);
    const feeds = Object.fromEntries(
      small.inputs.map(({ name, dtype, shape }) => {
        const size = (shape as readonly number[]).reduce((product, length) => product * length, 1);
        const data =
          dtype === "int32"
            ? Int32Array.from({ length: size }, (_, n) => 1 + (n % steps))
            : Float32Array.from({ length: size }, () => 0.2 * random.normal());
        return [name, new Tensor(dtype, data, shape as readonly number[])];
      }),
    );
    const once = await (await openModel(small.build()))(feeds);
    const twice = await (await openModel(large.build()))(
      Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, doubled(name, tensor)])),
    );
    for (const [name, tensor] of Object.entries(once)) {
      const expected = doubled(name.slice(1), tensor).data as Float32Array;
      const times = expected.length === tensor.data.length ? 2 : 1;
      const actual = twice[name]!.data as Float32Array;
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest, name).toBeGreaterThan(0);
      expect(
        actual.every((value, i) => Math.abs(value - times * expected[i]!) <= 2e-5 * largest),
        name,
      ).toBe(true);
    }
  });
});
