import { float32, Random, Tensor } from "@athanor/core";
import { GraphBuilder, gradient, type Model, type Region, region, type Value } from "@athanor/onnx";
import { describe, expect, it } from "vitest";
import { profile } from "./profile.ts";

const random = Random.from(1);
const drawn = (...shape: number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );

describe("profile", () => {
  it("gives a row to each node that ran, with shares of one", async () => {
    const g = new GraphBuilder();
    const hidden = g.relu(
      g.op("MatMul", [g.input("x", "float32", ["batch", 64]), g.constant(drawn(64, 512))], {}, { name: "wide" }),
    );
    g.output("y", g.op("Softmax", [hidden], {}, { name: "share" }));
    const { rows, spans, runs, milliseconds, peakBytes } = await profile(g.build(), { x: drawn(32, 64) }, { runs: 5 });
    expect(runs).toBe(5);
    expect(rows.map(({ op }) => op)).toEqual(expect.arrayContaining(["MatMul", "Relu", "Softmax"]));
    const product = rows.find(({ node }) => node === "wide")!;
    expect(product).toMatchObject({ op: "MatMul", outputBytes: 32 * 512 * 4 });
    expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
    expect(rows.map((row) => row.milliseconds)).toEqual(rows.map((row) => row.milliseconds).toSorted((a, b) => b - a));
    expect(milliseconds).toBeGreaterThan(0);
    expect(peakBytes).toBeGreaterThanOrEqual(32 * 512 * 4);
    expect(spans.map(({ depth }) => depth)).toEqual(rows.map(() => 0));
  });

  it("puts the nodes of a subgraph inside the node that runs them", async () => {
    const scalar = { dtype: "float32", shape: [256] } as const;
    const branch = (op: string) => ({
      kind: "graph" as const,
      value: {
        name: op,
        inputs: [],
        outputs: [{ name: `${op}-out`, ...scalar }],
        nodes: [{ op, domain: "", name: `inner-${op}`, inputs: ["x"], outputs: [`${op}-out`], attributes: {} }],
        initializers: new Map(),
        values: [],
      },
    });
    const model: Model = {
      irVersion: 10,
      opsets: { "": 21 },
      producer: "test",
      metadata: {},
      graph: {
        name: "choice",
        inputs: [
          { name: "x", ...scalar },
          { name: "isLarge", dtype: "bool", shape: [] },
        ],
        outputs: [{ name: "y", ...scalar }],
        nodes: [
          {
            op: "If",
            domain: "",
            name: "choose",
            inputs: ["isLarge"],
            outputs: ["y"],
            attributes: { then_branch: branch("Exp"), else_branch: branch("Neg") },
          },
        ],
        initializers: new Map(),
        values: [],
      },
    };
    const feeds = { x: drawn(256), isLarge: new Tensor("bool", Uint8Array.of(1), []) };
    const { rows, spans } = await profile(model, feeds, { runs: 3 });
    expect(spans.map(({ node, depth }) => [node, depth])).toEqual([
      ["choose", 0],
      ["inner-Exp", 1],
    ]);
    expect(rows.map(({ node }) => node).sort()).toEqual(["choose", "inner-Exp"]);
  });

  it("shows that regions that are computed again take less memory at once", async () => {
    const [rows, width, depth] = [256, 32, 8];
    const peak = async (isRecomputed: boolean) => {
      const g = new GraphBuilder();
      const feeds: Record<string, Tensor> = { x: drawn(rows, width) };
      let x = g.input("x", "float32", [rows, width]);
      const [weights, regions]: [Value[], Region[]] = [[], []];
      for (let i = 0; i < depth; i++) {
        feeds[`w${i}`] = drawn(width, 8 * width);
        feeds[`v${i}`] = drawn(8 * width, width);
        const [w, v] = [
          g.input(`w${i}`, "float32", [width, 8 * width]),
          g.input(`v${i}`, "float32", [8 * width, width]),
        ];
        weights.push(w, v);
        const block = region(g, `block-${i}`, () => g.add(x, g.matMul(g.tanh(g.matMul(x, w)), v)));
        regions.push(block.region);
        x = block.result;
      }
      const gradients = gradient(g, g.reduceMean(x), weights, { checkpoint: isRecomputed ? regions : [] });
      for (const [i, value] of gradients.entries()) g.output(`d${i}`, g.reduceSum(value));
      return (await profile(g.build(), feeds, { runs: 1, isTraining: true })).peakBytes;
    };
    const block = rows * 8 * width * 4;
    // All but two of the wide activations are gone: one block's own, and the gradient that flows into it.
    expect((await peak(false)) - (await peak(true))).toBeGreaterThan((depth - 3) * block);
  });

  it("names an input that is missing", async () => {
    const g = new GraphBuilder();
    g.output("y", g.exp(g.input("x", "float32", [2])));
    await expect(profile(g.build(), {})).rejects.toMatchObject({ code: "runtime/input" });
  });
});
