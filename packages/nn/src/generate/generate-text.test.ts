import { int64 } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { toOnnx } from "../evaluation-graph.ts";
import { initialize } from "../initialize.ts";
import { gpt } from "../models/gpt.ts";
import { openTextGenerator } from "./generate-text.ts";

const sizes = { vocabulary: 11, tokens: 9, width: 8, heads: 2, blocks: 2 };
const network = gpt(sizes);
const weights = initialize(network.parameters, 3);

/** By the whole network for each token, which knows no cache. */
async function continueBest(prompt: readonly number[]): Promise<number[]> {
  const run = await openModel(toOnnx(network, weights));
  const text = [...prompt];
  while (text.length <= sizes.tokens) {
    const padded = [...text, ...Array(sizes.tokens - text.length).fill(0)];
    const { output } = await run({ x: int64(padded).reshape([1, sizes.tokens]) });
    const scores = Array.from(output!.data, Number).slice((text.length - 1) * sizes.vocabulary);
    const row = scores.slice(0, sizes.vocabulary);
    text.push(row.indexOf(Math.max(...row)));
  }
  return text.slice(prompt.length);
}

async function all(tokens: AsyncIterable<number>): Promise<number[]> {
  const list: number[] = [];
  for await (const token of tokens) list.push(token);
  return list;
}

describe("openTextGenerator", () => {
  it("continues as the whole network does, token by token with a cache", async () => {
    await using generator = await openTextGenerator(sizes, weights);
    const tokens = await all(generator.generate([4, 7, 1], { temperature: 0, seed: 1 }));
    expect(tokens).toHaveLength(7);
    expect(tokens).toEqual(await continueBest([4, 7, 1]));
  });

  it("draws the same text for the same seed, and stops when told", async () => {
    await using generator = await openTextGenerator(sizes, weights);
    const draw = (options: object) => all(generator.generate([2], { seed: 5, topK: 6, ...options }));
    const text = await draw({});
    expect(await draw({})).toEqual(text);
    expect(await draw({ seed: 6 })).not.toEqual(text);
    expect(await draw({ maxTokens: 3 })).toEqual(text.slice(0, 3));
    expect(await draw({ stop: text[2] })).toEqual(text.slice(0, text.indexOf(text[2]!)));
  });

  it("refuses a prompt that leaves no room", async () => {
    await using generator = await openTextGenerator(sizes, weights);
    await expect(generator.generate(Array(9).fill(1), { seed: 1 }).next()).rejects.toThrow(
      expect.objectContaining({ code: "nn/prompt" }),
    );
  });
});
