import { int64, Random } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { toOnnx } from "../evaluation-graph.ts";
import { fit } from "../fit.ts";
import { tokenCrossEntropy } from "../losses/index.ts";
import { maskWords, notMasked } from "../mask-words.ts";
import { adamW } from "../optimizers/index.ts";
import { parameterCount } from "../testing/parameter-count.ts";
import { bert, bertMasked } from "./bert.ts";

const [vocabulary, tokens, count] = [8, 6, 256];
const sizes = { vocabulary, tokens, width: 16, heads: 2, blocks: 1, dropoutRate: 0 };

/** Texts that count on from any word, modulo seven; word 7 is the mask. */
function counting() {
  const random = Random.from(4);
  const lengths = int64(Array.from({ length: count }, () => 4 + random.integer(3)));
  const words = int64(
    Array.from({ length: count }, () => random.integer(7)).flatMap((from) =>
      Array.from({ length: tokens }, (_, i) => (from + i) % 7),
    ),
  ).reshape([count, tokens]);
  const masked = maskWords(words, { vocabulary: 7, mask: 7, lengths, rate: 0.3, seed: 5 });
  return { x: { words: masked.words, lengths }, y: masked.labels };
}

describe("bert", () => {
  it("has the parameters that are known, but for segments, the pooler and the constants of keys", () => {
    const base = { vocabulary: 30_522, tokens: 512, width: 768, heads: 12, blocks: 12 };
    expect(parameterCount(bert(base))).toBe(109_482_240 - 2 * 768 - (768 + 1) * 768 - 12 * 768);
  });

  it("learns by guessing words, and gives its weights to the encoder", async () => {
    const { history, weights } = await fit(bertMasked(sizes), counting(), {
      loss: tokenCrossEntropy({ ignoreIndex: notMasked }),
      optimizer: adamW(),
      learningRate: 0.01,
      epochs: 25,
      batchSize: 32,
      seed: 1,
      threads: 1,
    });
    expect(history.at(-1)!.loss).toBeLessThan(0.5 * history[0]!.loss);

    const encoder = bert(sizes);
    const own = Object.fromEntries(Object.keys(encoder.parameters).map((name) => [name, weights[name]!]));
    const run = await openModel(toOnnx(encoder, own));
    const states = async (padding: number) =>
      (await run({ words: int64([1, 2, 3, 4, padding, padding]).reshape([1, tokens]), lengths: int64([4]) })).output!;
    const [some, other] = [await states(0), await states(6)];
    expect(some.shape).toEqual([1, tokens, 16]);
    expect(some.data.slice(0, 4 * 16)).toEqual(other.data.slice(0, 4 * 16));
  });
});
