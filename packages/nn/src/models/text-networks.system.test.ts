import { int64, Random, type Tensor } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { toOnnx } from "../evaluation-graph.ts";
import { fit } from "../fit.ts";
import { initialize } from "../initialize.ts";
import { crossEntropy } from "../losses/index.ts";
import { accuracy } from "../metrics.ts";
import type { Network } from "../network.ts";
import { adamW } from "../optimizers/index.ts";
import { ngramTable } from "../text/ngram-table.ts";
import { eachAlone, sideBySide } from "./side-by-side.ts";
import { textBag } from "./text-bag.ts";
import { textCnn } from "./text-cnn.ts";
import { textLstm } from "./text-lstm.ts";
import { textTransformer } from "./text-transformer.ts";

const vocabulary = 12;
/** Texts of 3 to 8 words, padded, in which the words 3 and 5 stand one after the other, or apart. */
function phrases(count: number, seed: number) {
  const random = Random.from(seed);
  const texts = Array.from({ length: count }, () => {
    const length = 3 + random.integer(6);
    const text = Array.from({ length }, () => 6 + random.integer(6));
    const isPhrase = random.integer(2);
    const at = random.integer(length - 2);
    [text[at], text[at + 2 - isPhrase]] = [3, 5];
    return { text, isPhrase };
  });
  return { texts: texts.map(({ text }) => text), y: int64(texts.map(({ isPhrase }) => isPhrase)) };
}
const padded = (texts: readonly number[][], tokens: number): Tensor =>
  int64(texts.flatMap((text) => [...text, ...Array<number>(tokens - text.length).fill(0)])).reshape([
    texts.length,
    tokens,
  ]);

const { texts, y } = phrases(240, 1);
const ngrams = ngramTable(texts, { orders: 2 });
const networks: Readonly<Record<string, Network>> = {
  textBag: textBag({ ngrams, classes: 2, width: 8 }),
  textCnn: textCnn({ vocabulary, tokens: "tokens", classes: 2, width: 8, kernels: [2, 3], channels: 8 }),
  textLstm: textLstm({ vocabulary, classes: 2, width: 8, hidden: 8 }),
  textTransformer: textTransformer({ vocabulary, classes: 2, maxTokens: 20, width: 8, heads: 2, blocks: 1 }),
};

describe.each(Object.keys(networks))("%s", (name) => {
  it("says the same of a text, however far it is padded", async () => {
    const network = networks[name]!;
    const run = await openModel(toOnnx(network, initialize(network.parameters, 3)));
    const few = texts.slice(0, 20);
    const [short, long] = [await run({ x: padded(few, 8) }), await run({ x: padded(few, 19) })];
    expect(short.output!.shape).toEqual([20, 2]);
    for (const [i, value] of short.output!.data.entries()) expect(long.output!.data[i]).toBeCloseTo(Number(value), 5);
    expect(
      new Set(Array.from(short.output!.data as Float32Array, (value) => Number(value).toFixed(4))).size,
    ).toBeGreaterThan(20);
  });
});

describe("sideBySide", () => {
  it("trains networks in the same steps, which all learn", async () => {
    const network = sideBySide({ bag: networks.textBag!, cnn: networks.textCnn! });
    const held = phrases(100, 2);
    const { history } = await fit(
      network,
      { x: padded(texts, 8), y },
      {
        loss: eachAlone(crossEntropy()),
        optimizer: adamW(),
        learningRate: 0.02,
        epochs: 12,
        batchSize: 24,
        sparse: ["bag.table"],
        seed: 1,
        threads: 1,
        validation: { x: padded(held.texts, 8), y: held.y },
        metrics: {
          bag: ({ bag }, labels) => accuracy(bag!, labels),
          cnn: ({ cnn }, labels) => accuracy(cnn!, labels),
        },
      },
    );
    const { bag, cnn } = history.at(-1)!.validation!;
    expect(bag).toBeGreaterThan(0.9);
    expect(cnn).toBeGreaterThan(0.9);
  });
});

describe("ngramTable", () => {
  it("keeps what enough texts have, the rarer with more weight", () => {
    const { slots, weights } = ngramTable(
      [
        [1, 2],
        [1, 2, 0, 0],
        [1, 3],
      ],
      { orders: 2 },
    );
    expect(
      Array.from(slots.data)
        .filter((row) => row > 0)
        .toSorted(),
    ).toEqual([1, 2, 3]);
    expect(weights.data[0]).toBe(0);
    expect(weights.data[1]).toBeCloseTo(1, 5);
    expect(weights.data[2]).toBeCloseTo(1 + Math.log(3 / 2), 5);
  });
});
