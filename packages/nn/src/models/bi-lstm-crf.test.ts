import { int64, Random } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { networkInputs, toOnnx } from "../evaluation-graph.ts";
import { fit } from "../fit.ts";
import { crf } from "../losses/index.ts";
import { adamW } from "../optimizers/index.ts";
import { viterbi } from "../viterbi.ts";
import { biLstmCrf } from "./bi-lstm-crf.ts";

const [vocabulary, tokens] = [9, 6];

/** A name begins with word 1 and goes on until word 2: outside 0, begin 1, inside 2. */
function names(count: number, seed: number) {
  const random = Random.from(seed);
  const rows = Array.from({ length: count }, () => {
    const length = 3 + random.integer(tokens - 2);
    const words = Array.from({ length }, () => 3 + random.integer(6));
    const [from, to] = [random.integer(length - 1), length - 1];
    words[from] = 1;
    words[to] = 2;
    const tags = words.map((_, i) => (i < from ? 0 : i === from ? 1 : 2));
    const padded = (values: readonly number[], fill: number) => [...values, ...Array(tokens - length).fill(fill)];
    return { words: padded(words, 0), tags: padded(tags, -1), length };
  });
  return {
    x: {
      words: int64(rows.flatMap(({ words }) => words)).reshape([count, tokens]),
      lengths: int64(rows.map(({ length }) => length)),
    },
    y: int64(rows.flatMap(({ tags }) => tags)).reshape([count, tokens]),
  };
}

describe("biLstmCrf", () => {
  it("learns to tag, and tags by its exported file", async () => {
    const network = biLstmCrf({ vocabulary, tokens, tags: 3, width: 8, hidden: 8, dropoutRate: 0 });
    const { weights, history } = await fit(network, names(128, 1), {
      loss: crf(),
      optimizer: adamW(),
      learningRate: 0.02,
      epochs: 10,
      batchSize: 32,
      seed: 1,
      threads: 1,
    });
    expect(history.at(-1)!.loss).toBeLessThan(0.3);
    const tagger = toOnnx(network, weights, {
      wrap(g, apply) {
        const inputs = networkInputs(network, g);
        g.output("tags", viterbi(g, apply(inputs), inputs.lengths));
      },
    });
    const { x, y } = names(64, 2);
    const { tags } = await (await openModel(tagger))(x);
    const right = Array.from(y.data).filter((tag, i) => tag === tags!.data[i]).length;
    expect(right / y.size).toBeGreaterThan(0.97);
  });
});
