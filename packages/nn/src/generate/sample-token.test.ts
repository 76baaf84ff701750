import { Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { type SamplingOptions, sampleToken } from "./sample-token.ts";

const scores = [0.4, 0.1, 0.3, 0.2].map(Math.log);
function shares(options: SamplingOptions): readonly number[] {
  const random = Random.from(6);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 4000; i++) counts[sampleToken(scores, random, options)]! += 1 / 4000;
  return counts;
}

describe("sampleToken", () => {
  it.each([
    ["as often as its probability says", {}, [0.4, 0.1, 0.3, 0.2]],
    ["the best at temperature zero", { temperature: 0 }, [1, 0, 0, 0]],
    ["flatter when it is hot", { temperature: 2 }, [0.326, 0.163, 0.282, 0.23]],
    ["of the best few", { topK: 2 }, [4 / 7, 0, 3 / 7, 0]],
    ["of the best that together suffice", { topP: 0.85 }, [4 / 9, 0, 3 / 9, 2 / 9]],
  ] as const)("takes a token %s", (_, options, expected) => {
    for (const [token, share] of shares(options).entries()) expect(share).toBeCloseTo(expected[token]!, 1);
  });

  it("takes the same tokens for the same seed", () => {
    const draw = () => {
      const random = Random.from(2);
      return Array.from({ length: 20 }, () => sampleToken(scores, random));
    };
    expect(draw()).toEqual(draw());
  });
});
