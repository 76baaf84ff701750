import { int64 } from "@athanor/core";
import { expect, it } from "vitest";
import { maskWords, notMasked } from "./mask-words.ts";

it("hides a share of the real words in three ways, and keeps what they were", () => {
  const [texts, tokens, length] = [200, 20, 15];
  const words = int64(Array.from({ length: texts * tokens }, (_, i) => 1 + (i % 50))).reshape([texts, tokens]);
  const lengths = int64(Array(texts).fill(length));
  const masked = maskWords(words, { vocabulary: 51, mask: 0, lengths, seed: 3 });
  const seen = Array.from(words.data, (word, i) => {
    const [now, label] = [masked.words.data[i], masked.labels.data[i]];
    if (label === BigInt(notMasked)) return now === word ? "untouched" : "lost";
    if (label !== word || i % tokens >= length) return "wrong";
    return now === 0n ? "mask" : now === word ? "kept" : "other";
  });
  const share = (kind: string) => seen.filter((each) => each === kind).length / (texts * length);
  expect(share("lost") + share("wrong")).toBe(0);
  expect(share("mask")).toBeCloseTo(0.15 * 0.8, 1);
  expect(share("other")).toBeGreaterThan(0.005);
  expect(share("kept")).toBeGreaterThan(0.005);
});
