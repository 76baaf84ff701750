import { int64, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { fit } from "../fit.ts";
import { openTranslator } from "../generate/open-translator.ts";
import { tokenCrossEntropy } from "../losses/index.ts";
import { adamW } from "../optimizers/index.ts";
import { seq2Seq } from "./seq2-seq.ts";

const [pad, start, end, tokens] = [0, 1, 2, 5];
const side = { vocabulary: 7, tokens };
const sizes = { source: side, target: side, width: 16, heads: 2, blocks: 1, dropoutRate: 0 };

/** A text of two or three words, and the same from its end. */
function turned(count: number) {
  const random = Random.from(7);
  const texts = Array.from({ length: count }, () =>
    Array.from({ length: 2 + random.integer(2) }, () => 3 + random.integer(4)),
  );
  const table = (rows: readonly (readonly number[])[], fill: number) =>
    int64(rows.flatMap((row) => [...row, ...Array(tokens - row.length).fill(fill)])).reshape([count, tokens]);
  return {
    x: {
      source: table(texts, pad),
      lengths: int64(texts.map(({ length }) => length)),
      target: table(
        texts.map((text) => [start, ...text.toReversed()]),
        pad,
      ),
    },
    y: table(
      texts.map((text) => [...text.toReversed(), end]),
      -100,
    ),
  };
}

describe("seq2Seq", () => {
  it("learns to turn texts around, and translates by beam search", async () => {
    const { weights } = await fit(seq2Seq(sizes), turned(256), {
      loss: tokenCrossEntropy({ ignoreIndex: -100 }),
      optimizer: adamW(),
      learningRate: 0.01,
      epochs: 30,
      batchSize: 32,
      seed: 1,
      threads: 1,
    });
    await using translator = await openTranslator(sizes, weights);
    for (const source of [
      [3, 4, 5],
      [6, 3],
      [5, 5, 4],
    ]) {
      const [found] = await translator.translate(source, { start, end, beams: 3 });
      expect(found!.tokens).toEqual(source.toReversed());
    }
    await expect(translator.translate([3, 4, 5, 6, 3, 4], { start, end })).rejects.toThrow(
      expect.objectContaining({ code: "nn/prompt" }),
    );
  });
});
