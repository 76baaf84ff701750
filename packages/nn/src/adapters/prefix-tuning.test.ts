import { float32, int64, Tensor } from "@athanor/core";
import { GraphBuilder, loadTensor, type Model, type Value, withWeights } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { fineTune } from "../fine-tune/fine-tune.ts";
import { toyTransformer } from "../testing/toy-transformer.ts";
import { prefixTuning } from "./prefix-tuning.ts";

const [heads, width, tokens] = [2, 4, 3];
const wave = (shape: readonly number[], phase: number): Tensor<"float32"> =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(phase + i * i)),
    shape,
  );

/** Attention over as many keys as values are given, under a mask. */
function attention(keys: number, style: "add" | "where" | "where not"): Model {
  const g = new GraphBuilder();
  const q = g.input("q", "float32", ["batch", heads, tokens, width]);
  const [k, v] = [
    g.input("k", "float32", ["batch", heads, keys, width]),
    g.input("v", "float32", ["batch", heads, keys, width]),
  ];
  const scaled = g.mul(g.matMul(q, g.transpose(g.mul(k, 1), [0, 1, 3, 2])), 0.5);
  const mask = g.input("mask", style === "add" ? "float32" : "bool", ["batch", 1, 1, keys]);
  const low = g.constant(-1e9);
  const masked =
    style === "add"
      ? g.add(scaled, mask)
      : g.op("Where", style === "where" ? [mask, scaled, low] : [mask, low, scaled]);
  g.output("y", g.matMul(g.op("Softmax", [masked], { axis: -1 }), g.mul(v, 1)));
  return g.build();
}

/** softmax(q kᵀ / √width) v a head, keys and values behind the first two that are learned; causal over the given ones. */
function attended(x: Tensor<"float32">, [k, v]: readonly Tensor<"float32">[], isCausal: boolean): readonly number[] {
  const own = (head: number, token: number, i: number) => x.data[(token * heads + head) * width + i]!;
  const at = (learned: Tensor<"float32">) => (head: number, token: number, i: number) =>
    token < 2 ? learned.data[(head * 2 + token) * width + i]! : own(head, token - 2, i);
  const places = Array.from({ length: tokens * heads * width }, (_, i) => i);
  return places.map((place) => {
    const [token, head, i] = [Math.floor(place / (heads * width)), Math.floor(place / width) % heads, place % width];
    const seen = Array.from({ length: isCausal ? token + 3 : tokens + 2 }, (_, key) => key);
    const dot = (key: number) =>
      Array.from({ length: width }, (_, j) => own(head, token, j) * at(k!)(head, key, j)).reduce((a, b) => a + b, 0);
    const weights = seen.map((key) => Math.exp(dot(key) / Math.sqrt(width)));
    const total = weights.reduce((a, b) => a + b, 0);
    return seen.reduce((sum, key) => sum + (weights[key]! / total) * at(v!)(head, key, i), 0);
  });
}

/** The same inputs as queries, keys and values of a fused operator. */
const fused: Readonly<Record<string, (g: GraphBuilder, x: Value) => Value>> = {
  MultiHeadAttention: (g, x) =>
    g.op("MultiHeadAttention", [x, x, x], { num_heads: heads }, { domain: "com.microsoft" }),
  GroupQueryAttention(g, x) {
    const lengths = [g.constant([tokens - 1], "int32"), g.constant(tokens, "int32")];
    const inputs = [x, x, x, undefined, undefined, ...lengths];
    const options = { num_heads: heads, kv_num_heads: heads };
    return g.op("GroupQueryAttention", inputs, options, { domain: "com.microsoft" });
  },
  Attention(g, x) {
    const side = heads * width;
    const columns = Float32Array.from({ length: 3 * side * side }, (_, i) =>
      i % side === Math.floor(i / (3 * side)) ? 1 : 0,
    );
    const inputs = [
      x,
      g.initializer("w", float32(columns, [side, 3 * side])),
      g.constant(float32(new Float32Array(3 * side))),
    ];
    return g.op("Attention", inputs, { num_heads: heads, unidirectional: 1 }, { domain: "com.microsoft" });
  },
};

async function outputOf(model: Model, feeds: Readonly<Record<string, Tensor>>): Promise<readonly number[]> {
  const run = await openModel(model);
  return [...(Object.values(await run(feeds))[0]!.data as Float32Array)];
}

describe("prefixTuning", () => {
  it.each(["add", "where", "where not"] as const)(
    "sees its keys and values before those given, whatever masks them (%s)",
    async (style) => {
      const { model, trains } = prefixTuning({ tokens: 2 }).apply(attention(3, style), 1);
      const [keys, values] = [wave([1, heads, width, 2], 1), wave([1, heads, 2, width], 2)];
      const tuned = withWeights(model, { [trains[0]!]: keys, [trains[1]!]: values });
      const own = {
        q: wave([1, heads, tokens, width], 3),
        k: wave([1, heads, 3, width], 4),
        v: wave([1, heads, 3, width], 5),
      };
      const mask = (hidden: readonly number[]): Tensor => {
        const shape = [1, 1, 1, hidden.length];
        if (style === "add")
          return float32(
            hidden.map((is) => (is ? -1e9 : 0)),
            shape,
          );
        return new Tensor(
          "bool",
          Uint8Array.from(hidden, (is) => (is === (style === "where not" ? 1 : 0) ? 1 : 0)),
          shape,
        );
      };
      const got = await outputOf(tuned, { ...own, mask: mask([0, 1, 0]) });
      const behind = (first: (head: number, token: number, i: number) => number, rest: Tensor<"float32">) =>
        float32(
          Array.from({ length: heads }, (_, head) => [
            ...[0, 1].flatMap((token) => Array.from({ length: width }, (__, i) => first(head, token, i))),
            ...rest.data.subarray(head * 3 * width, (head + 1) * 3 * width),
          ]).flat(),
          [1, heads, 5, width],
        );
      const k = behind((head, token, i) => keys.data[(head * width + i) * 2 + token]!, own.k);
      const v = behind((head, token, i) => values.data[(head * 2 + token) * width + i]!, own.v);
      const expected = await outputOf(attention(5, style), { q: own.q, k, v, mask: mask([0, 0, 0, 1, 0]) });
      expect(Math.max(...got.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-6);
    },
  );

  it.each(Object.keys(fused))("takes a fused %s apart to see its keys and values", async (op) => {
    const g = new GraphBuilder();
    g.output("y", fused[op]!(g, g.input("x", "float32", ["batch", tokens, heads * width])));
    const { model, trains } = prefixTuning({ tokens: 2 }).apply(g.build(), 1);
    const learned = [wave([1, heads, 2, width], 1), wave([1, heads, 2, width], 2)];
    const tuned = withWeights(model, { [trains[0]!]: learned[0]!, [trains[1]!]: learned[1]! });
    const x = wave([1, tokens, heads * width], 3);
    const expected = attended(x, learned, op !== "MultiHeadAttention");
    const got = await outputOf(tuned, { x });
    expect(Math.max(...got.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-6);
  });

  it("learns its prefixes and nothing else", async () => {
    const base = toyTransformer({ width: 8, tokens: 5, vocabulary: 12, classes: 3, layers: 2 });
    const x = { ids: int64([0, 3, 7, 1, 11, 5, 5, 2, 9, 8], [2, 5]) };
    const recipe = { epochs: 12, batchSize: 2, learningRate: 0.1, seed: 1, threads: 1 };
    const tuned = await fineTune({
      base,
      data: { x, y: int64([0, 2]) },
      method: prefixTuning({ tokens: 3 }),
      ...recipe,
    });
    expect(tuned.history.at(-1)!.loss).toBeLessThan(0.9 * tuned.history[0]!.loss);
    expect(tuned.trainable.trained).toBe(2 * 2 * 3 * 8);
    expect(loadTensor(tuned.model.graph.initializers.get("prefix.0.keys")!).shape).toEqual([1, 8, 3]);
    expect(await outputOf(tuned.model, x)).toHaveLength(6);
  });

  it("names what it does not find", () => {
    const g = new GraphBuilder();
    g.output("y", g.relu(g.input("x", "float32", ["batch", 2])));
    expect(() => prefixTuning().apply(g.build(), 1)).toThrow(/attention as MatMul.*got none/);
  });
});
