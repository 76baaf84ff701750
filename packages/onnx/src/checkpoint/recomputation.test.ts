import { float32, int64, Random, type Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { algebraic } from "../rewrite/algebraic.ts";
import { commonSubexpressions } from "../rewrite/common-subexpressions.ts";
import { matrixProducts } from "../rewrite/matrix-products.ts";
import { rewrite } from "../rewrite/rewrite.ts";
import { operatorsOf } from "../testing/check-rewrite.ts";
import { openModel } from "../testing/run-model.ts";
import { type Region, region } from "./region.ts";
import { savedActivations } from "./saved-activations.ts";

const depth = 4;
const width = 3;

/** A chain of x + tanh(x w) v, each link a region. */
function chain() {
  const g = new GraphBuilder();
  const feeds: Record<string, Tensor> = {};
  const random = Random.from(2);
  const input = (name: string, shape: readonly number[]): Value => {
    feeds[name] = float32(
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
      shape,
    );
    return g.input(name, "float32", shape);
  };
  let x = input("x", [5, width]);
  const [weights, regions]: [Value[], Region[]] = [[], []];
  for (let i = 0; i < depth; i++) {
    const [w, v] = [input(`w${i}`, [width, 2 * width]), input(`v${i}`, [2 * width, width])];
    weights.push(w, v);
    const link = region(g, `link-${i}`, () => g.add(x, g.matMul(g.tanh(g.matMul(x, w)), v)));
    regions.push(link.region);
    x = link.result;
  }
  return { g, feeds, weights, regions, loss: g.reduceMean(g.mul(x, x)) };
}

type Checkpoint = (regions: readonly Region[]) => readonly Region[];
function differentiate(checkpoint: Checkpoint) {
  const { g, feeds, weights, regions, loss } = chain();
  const forwardCount = g.nodes.length;
  const gradients = gradient(g, loss, weights, { checkpoint: checkpoint(regions) });
  for (const [i, value] of gradients.entries()) g.output(`d${i}`, value);
  const saved = savedActivations(g, gradients, forwardCount);
  return { model: g.build(), feeds, saved, bytes: saved.reduce((total, { bytes }) => total + bytes, 0) };
}

const valuesOf = async ({ model, feeds }: Pick<ReturnType<typeof differentiate>, "model" | "feeds">) =>
  Object.fromEntries(
    Object.entries(await (await openModel(model))(feeds)).map(([name, { data }]) => [
      name,
      Array.from(data as Float32Array),
    ]),
  );
const count = (operators: readonly string[], op: string) => operators.filter((each) => each === op).length;

describe("gradient with regions", () => {
  const kept = differentiate(() => []);
  const all = differentiate((regions) => regions);

  it("keeps what enters a region instead of what is inside", () => {
    const [inner, outer] = [5 * 2 * width * 4, 5 * width * 4];
    expect(kept.bytes).toBe(depth * (inner + outer));
    // The first region's input is fed, not computed.
    expect(all.bytes).toBe(depth * outer);
    expect(differentiate((regions) => regions.slice(0, 2)).bytes).toBe(2 * inner + depth * outer);
  });

  it("gives the same gradients", async () => {
    expect(await valuesOf(all)).toEqual(await valuesOf(kept));
  });

  it("computes each region once more, and nothing else", () => {
    const [before, after] = [kept, all].map(({ model }) => operatorsOf(model));
    expect(count(before!, "Tanh")).toBe(depth);
    expect(count(after!, "Tanh")).toBe(2 * depth);
    expect(count(after!, "Where")).toBe(depth);
    expect(count(after!, "MatMul")).toBe(count(before!, "MatMul") + depth);
  });

  it("stays as it is under rewriting, which would merge plain copies", async () => {
    const model = await rewrite(all.model, [algebraic, commonSubexpressions, matrixProducts]);
    expect(count(operatorsOf(model), "Tanh")).toBe(2 * depth);
    const expected = await valuesOf(kept);
    for (const [name, values] of Object.entries(await valuesOf({ model, feeds: all.feeds })))
      for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[name]![i]!, 5);
  });

  it("runs a region again only after the gradient that leads into it", () => {
    const { nodes } = all.model.graph;
    const made = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
    const reaches = (name: string, wanted: string): boolean =>
      name === wanted || (made.get(name)?.inputs ?? []).some((input) => reaches(input, wanted));
    const again = nodes.filter(({ op }) => op === "Tanh").slice(depth);
    const backward = nodes.filter(({ op }) => op === "FusedMatMul");
    expect(again).toHaveLength(depth);
    // The last region follows the gradient of the loss itself, each earlier one the products of the region after it.
    const products = again.map(
      (node) => backward.filter(({ outputs }) => reaches(node.outputs[0]!, outputs[0]!)).length,
    );
    expect(products).toEqual([0, 2, 4, 6]);
  });

  it("recomputes from whole numbers, and where every input is differentiated", async () => {
    const build = (checkpoint: boolean) => {
      const g = new GraphBuilder();
      const [table, ids] = [g.input("table", "float32", [4, 2]), g.input("ids", "int64", [3])];
      const inner = region(g, "embedding", () => g.exp(g.gather(table, ids)));
      const square = region(g, "square", () => g.exp(g.mul(inner.result, inner.result)));
      const regions = checkpoint ? [inner.region, square.region] : [];
      const [d] = gradient(g, g.reduceSum(square.result), [table], { checkpoint: regions });
      g.output("d", d!);
      const x = g.input("x", "float32", [2]);
      const own = region(g, "own", () => g.exp(g.tanh(g.mul(x, x))));
      g.output("dx", gradient(g, g.reduceSum(own.result), [x], { checkpoint: checkpoint ? [own.region] : [] })[0]!);
      return g.build();
    };
    const feeds = {
      table: float32(
        [1, 2, 3, 4, 5, 6, 7, 8].map((v) => v / 9),
        [4, 2],
      ),
      ids: int64([0, 2, 2]),
      x: float32([1, -2]),
    };
    const [plain, again] = [build(false), build(true)];
    expect(await valuesOf({ model: again, feeds })).toEqual(await valuesOf({ model: plain, feeds }));
    expect(count(operatorsOf(again), "Gather")).toBe(2);
  });
});
