import { float32, int64 } from "@athanor/core";
import { loadTensor, type Model, withWeights, writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import { describe, expect, it } from "vitest";
import { fineTune } from "../fine-tune/fine-tune.ts";
import { toyTransformer } from "../testing/toy-transformer.ts";
import { promptTuning } from "./prompt-tuning.ts";

const sizes = { width: 8, tokens: 5, vocabulary: 12, classes: 3, layers: 2 };
const base = toyTransformer(sizes);
const ids = [0, 3, 7, 1, 11, 5, 5, 2, 9, 8];

async function logitsOf(model: Model, given: readonly number[], tokens: number): Promise<readonly number[]> {
  await using session = await openSession(writeModel(model), { threads: 1 });
  const { logits } = await session.run({ ids: int64(given, [2, tokens]) });
  return [...(logits!.data as Float32Array)];
}

describe("promptTuning", () => {
  it("computes as if the prompt's tokens stood before the sequence", async () => {
    const { model, trains } = promptTuning({ tokens: 2 }).apply(base, 1);
    const table = loadTensor(base.graph.initializers.get("embeddings.weight")!).data as Float32Array;
    const rows = [4, 10].flatMap((id) => [...table.subarray(id * sizes.width, (id + 1) * sizes.width)]);
    const prompted = withWeights(model, { [trains[0]!]: float32(rows, [1, 2, sizes.width]) });
    const longer = [4, 10, ...ids.slice(0, 5), 4, 10, ...ids.slice(5)];
    const expected = await logitsOf(toyTransformer({ ...sizes, tokens: 7 }), longer, 7);
    const got = await logitsOf(prompted, ids, 5);
    expect(Math.max(...got.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-5);
  });

  it("learns its prompt and nothing else", async () => {
    const data = { x: { ids: int64(ids, [2, 5]) }, y: int64([0, 2]) };
    const recipe = { data, epochs: 12, batchSize: 2, learningRate: 0.1, seed: 1, threads: 1 };
    const tuned = await fineTune({ base, method: promptTuning({ tokens: 3 }), ...recipe });
    expect(tuned.history.at(-1)!.loss).toBeLessThan(0.8 * tuned.history[0]!.loss);
    expect(tuned.trainable.trained).toBe(3 * sizes.width);
    expect(await logitsOf(tuned.model, ids, 5)).toHaveLength(6);
  });

  it("refuses models without embeddings", () => {
    const { graph, ...model } = base;
    const bare = { ...model, graph: { ...graph, nodes: graph.nodes.filter(({ op }) => op !== "Gather") } };
    expect(() => promptTuning().apply(bare, 1)).toThrow(expect.objectContaining({ code: "nn/adapter" }));
    expect(() => promptTuning({ embeddings: "nowhere" }).apply(base, 1)).toThrow(/the value nowhere/);
  });
});
