import { int64 } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { toOnnx } from "../evaluation-graph.ts";
import { initialize } from "../initialize.ts";
import { seq2Seq, seq2SeqParts } from "./seq2-seq.ts";

const tokens = 5;
const side = { vocabulary: 7, tokens };
const sizes = { source: side, target: side, width: 16, heads: 2, blocks: 1, dropoutRate: 0 };

describe("seq2Seq", () => {
  it("gives the same scores in one file and in two", async () => {
    const network = seq2Seq(sizes);
    const weights = initialize(network.parameters, 1);
    const texts = { source: [3, 4, 5, 0, 0, 6, 3, 0, 0, 0], target: [1, 5, 4, 3, 0, 1, 3, 6, 0, 0] };
    const [source, target] = [int64(texts.source).reshape([2, tokens]), int64(texts.target).reshape([2, tokens])];
    const lengths = int64([3, 2]);
    const { output } = await (await openModel(toOnnx(network, weights)))({ source, lengths, target });
    const { encoder, decoder } = seq2SeqParts(sizes, weights);
    const { memory } = await (await openModel(encoder))({ source, lengths });
    const { scores } = await (await openModel(decoder))({ memory: memory!, lengths, target });
    for (const [i, score] of Array.from(output!.data, Number).entries())
      expect(Number(scores!.data[i])).toBeCloseTo(score, 5);
  });
});
