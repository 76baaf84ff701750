import { int64, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { fit } from "../fit.ts";
import { crossEntropy } from "../losses/index.ts";
import { accuracy } from "../metrics.ts";
import { adamW } from "../optimizers/index.ts";
import { textCnn } from "./text-cnn.ts";

const [vocabulary, tokens] = [12, 8];

/** Texts in which the words 3 and 5 stand one after the other, or apart. */
function phrases(count: number, seed: number) {
  const random = Random.from(seed);
  const texts = Array.from({ length: count }, () => {
    const text = Array.from({ length: tokens }, () => 6 + random.integer(6));
    const isPhrase = random.integer(2);
    const at = random.integer(tokens - 3);
    [text[at], text[at + 2 - isPhrase]] = [3, 5];
    return { text, isPhrase };
  });
  const x = int64(texts.flatMap(({ text }) => text)).reshape([count, tokens]);
  return { x, y: int64(texts.map(({ isPhrase }) => isPhrase)) };
}

describe("textCnn", () => {
  it("learns a phrase wherever it stands", async () => {
    const network = textCnn({ vocabulary, tokens, classes: 2, width: 8, kernels: [2, 3], channels: 8, dropoutRate: 0 });
    const { history } = await fit(network, phrases(256, 1), {
      loss: crossEntropy(),
      optimizer: adamW(),
      learningRate: 0.02,
      epochs: 12,
      batchSize: 32,
      seed: 1,
      threads: 1,
      validation: phrases(128, 2),
      metrics: { accuracy },
    });
    expect(history.at(-1)!.validation!.accuracy).toBeGreaterThan(0.95);
  });
});
