import { int64, Random, Tensor } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import type { Rows } from "../batch-source.ts";
import { toOnnx } from "../evaluation-graph.ts";
import { fit } from "../fit.ts";
import { tokenCrossEntropy } from "../losses/index.ts";
import { adamW } from "../optimizers/index.ts";
import { gpt } from "./gpt.ts";

const [vocabulary, tokens] = [5, 6];
const network = gpt({ vocabulary, tokens, width: 16, heads: 2, blocks: 1 });

/** Texts whose every token is the sum of the two before it, and what comes next at each place. */
function sums(count: number): Rows {
  const random = Random.from(3);
  const texts = Array.from({ length: count }, () => {
    const text = [random.integer(vocabulary), random.integer(vocabulary)];
    while (text.length <= tokens) text.push((text.at(-1)! + text.at(-2)!) % vocabulary);
    return text;
  });
  const part = (from: number) => {
    const numbers = texts.flatMap((text) => text.slice(from, from + tokens).map(BigInt));
    return new Tensor("int64", BigInt64Array.from(numbers), [count, tokens]);
  };
  return { x: part(0), y: part(1) };
}

describe("gpt", () => {
  it("learns to continue a text, and looks back only", async () => {
    const { history, weights } = await fit(network, sums(256), {
      loss: tokenCrossEntropy(),
      optimizer: adamW(),
      learningRate: 0.01,
      epochs: 40,
      batchSize: 32,
      seed: 1,
      threads: 1,
    });
    // The second token of a text is anyone's guess: log(5) / 6 is the least that can be reached.
    expect(history.at(-1)!.loss).toBeLessThan(0.4);
    const run = await openModel(toOnnx(network, weights));
    const scores = async (last: number) =>
      (await run({ x: int64([1, 2, 3, 0, 3, last]).reshape([1, tokens]) })).output!.data.slice(0, 5 * vocabulary);
    expect(await scores(0)).toEqual(await scores(4));
  });
});
