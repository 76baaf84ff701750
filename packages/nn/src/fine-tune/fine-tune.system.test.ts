import { int64, Random } from "@athanor/core";
import { type Model, writeModel } from "@athanor/onnx";
import { type Optimizer, openSession } from "@athanor/runtime";
import { describe, expect, it } from "vitest";
import { bottleneck } from "../adapters/bottleneck.ts";
import { ia3 } from "../adapters/ia3.ts";
import { lora } from "../adapters/lora.ts";
import { mergeAdapters, unmergeAdapters } from "../adapters/merge-adapters.ts";
import type { Method } from "../adapters/method.ts";
import { biasOnly, full, headOnly, normOnly } from "../adapters/partial.ts";
import type { BatchSource } from "../batch-source.ts";
import { compose } from "../compose.ts";
import { toOnnx } from "../evaluation-graph.ts";
import { initialize } from "../initialize.ts";
import { embedding, linear } from "../layers/index.ts";
import { adamW } from "../optimizers/adam-w.ts";
import { toyTransformer } from "../testing/toy-transformer.ts";
import { fineTune } from "./fine-tune.ts";

const sizes = { width: 16, tokens: 6, vocabulary: 20, classes: 4, layers: 2 };
const base = toyTransformer(sizes);
const rows = 48;
const random = Random.from(3);
const ids = Array.from({ length: rows * sizes.tokens }, () => random.integer(sizes.vocabulary));
/** Which half of the vocabulary more of a row's tokens come from. */
const labels = Array.from(
  { length: rows },
  (_, row) => +(ids.slice(row * sizes.tokens, (row + 1) * sizes.tokens).filter((id) => id < 10).length > 3),
);
const data = { x: { ids: int64(ids, [rows, sizes.tokens]) }, y: int64(labels) };
const recipe = { base, data, seed: 4, epochs: 6, batchSize: 16, learningRate: 5e-3, threads: 1 } as const;

async function scoresOf(model: Model): Promise<Float32Array> {
  await using session = await openSession(writeModel(model), { threads: 1 });
  const results = await session.run(data.x);
  return Object.values(results)[0]!.data as Float32Array;
}
const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);

describe("fineTune", () => {
  it.each<readonly [Method, number]>([
    [full(), 1],
    [headOnly(), 0.02],
    [biasOnly(), 0.15],
    [normOnly(), 0.1],
    [lora({ rank: 4, targets: ["query", "value"] }), 0.15],
    [lora({ rank: 4, magnitude: true, rankStabilised: true }), 0.5],
    [ia3(), 0.05],
    [bottleneck({ width: 4, targets: ["output.dense"] }), 0.1],
  ])("learns with %o", async (method, most) => {
    const tuned = await fineTune({ ...recipe, method, head: { classes: 2 } });
    expect(tuned.history.at(-1)!.loss).toBeLessThan(0.9 * tuned.history[0]!.loss);
    expect(tuned.trainable.share).toBeGreaterThan(0);
    expect(tuned.trainable.share).toBeLessThanOrEqual(most);
    const scores = await scoresOf(tuned.model);
    expect(scores).toHaveLength(2 * rows);
  });

  it("tunes adapters over a quantised base to nearly the same loss", async () => {
    const method = lora({ rank: 4, targets: ["query", "value"] });
    const [exact, bytes] = await Promise.all(
      [undefined, { leastElements: 16 }].map((quantize) =>
        fineTune({ ...recipe, method, head: { classes: 2 }, quantize }),
      ),
    );
    const [expected, loss] = [exact!, bytes!].map(({ history }) => history.at(-1)!.loss);
    expect(loss).not.toBe(expected);
    expect(Math.abs(loss! / expected! - 1)).toBeLessThan(0.05);
  });

  it("keeps the output and the names of a model without a new head", async () => {
    const tuned = await fineTune({ ...recipe, epochs: 1 });
    expect(tuned.model.graph.outputs.map(({ name }) => name)).toEqual(["logits"]);
    expect([...tuned.model.graph.initializers.keys()]).toEqual([...base.graph.initializers.keys()]);
  });

  it("trains nothing that is frozen, and the last layers alone where told so", async () => {
    const frozen = await fineTune({ ...recipe, epochs: 1, freeze: ["embeddings.*", "layer.0.*"] });
    expect(Object.keys(frozen.weights).filter((name) => /embeddings|layer\.0/.test(name))).toEqual([]);
    expect(Object.keys(frozen.weights)).toContain("layer.1.attention.query.weight");
    const last = await fineTune({ ...recipe, epochs: 1, lastLayers: 1 });
    expect(Object.keys(last.weights).sort()).toEqual(["classifier.bias", "classifier.weight"]);
  });

  it("gives the same head whether features are cached or not", async () => {
    const cached = await fineTune({ ...recipe, epochs: 2, method: headOnly(), head: { classes: 2 } });
    const whole = await fineTune({
      ...recipe,
      epochs: 2,
      // A rate of zero for the one weight beside the head keeps the trunk in the step, and as it is.
      method: { name: "almost", options: {}, apply: (model) => ({ model, trains: ["layer.0.norm1.bias"] }) },
      optimizer: stillBut("head."),
      head: { classes: 2 },
    });
    expect(Object.keys(cached.weights)).toEqual(["head.weight", "head.bias"]);
    const [a, b] = [cached, whole].map(({ weights }) => weights["head.weight"]!.data);
    expect(largestDifference(a!, b!)).toBeLessThan(1e-4);
  });

  it("merges adapters into the weights and takes them out again", async () => {
    for (const magnitude of [false, true]) {
      const { model } = await fineTune({ ...recipe, method: lora({ rank: 2, magnitude }), head: { classes: 2 } });
      const merged = mergeAdapters(model);
      expect(merged.graph.nodes.length).toBeLessThan(model.graph.nodes.length);
      expect([...merged.graph.initializers.keys()].filter((name) => name.includes("lora"))).toEqual([]);
      const scores = await scoresOf(model);
      expect(largestDifference(await scoresOf(merged), scores)).toBeLessThan(1e-5);
      if (magnitude) expect(() => unmergeAdapters(merged, model)).toThrow(/without magnitude/);
      else expect(largestDifference(await scoresOf(unmergeAdapters(merged, model)), scores)).toBeLessThan(1e-5);
    }
  });

  it.each([
    [{ method: lora({ targets: ["quary"] }) }, /targets to name layers.*quary/],
    [{ head: { classes: 2, features: "nowhere" } }, /name of a value, got nowhere/],
    [{ method: headOnly() }, /expected weights to train, got none/],
  ])("refuses %o", async (options, message) => {
    await expect(fineTune({ ...recipe, ...options })).rejects.toThrow(message);
  });

  it("tunes a model whose batches differ in length, which calls a value as the tuned one calls its output", async () => {
    const network = compose({
      name: "words",
      inputs: { x: { dtype: "int64", shape: ["tokens"] } },
      build: ({ inputs, apply }) =>
        apply("mixed", linear({ outFeatures: 8 }), apply("words", embedding({ count: 20, size: 8 }), inputs.x!)),
    });
    const lengths: number[] = [];
    const source: BatchSource = {
      count: rows,
      targets: { dtype: "int64", shape: [] },
      async take(taken) {
        lengths.push(3 + (lengths.length % 2));
        const x = Array.from({ length: taken.length * lengths.at(-1)! }, (_, i) => i % 20);
        return { x: int64(x, [taken.length, lengths.at(-1)!]), y: int64(Array.from(taken, (row) => row % 2)) };
      },
    };
    const { model } = await fineTune({
      ...recipe,
      base: toOnnx(network, initialize(network.parameters, 1)),
      data: source,
      head: { classes: 2, features: "output" },
      epochs: 1,
    });
    expect(new Set(lengths)).toEqual(new Set([3, 4]));
    expect(model.graph.outputs.map(({ name, shape }) => [name, shape])).toEqual([["output", ["batch", 2]]]);
  });
});

function stillBut(start: string): Optimizer {
  const { slots, update } = adamW();
  return {
    name: "stillBut",
    slots,
    update: (g, given) =>
      given.name.startsWith(start) ? update(g, given) : { parameter: g.mul(given.parameter, 1), slots: given.slots },
  };
}
