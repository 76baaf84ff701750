import { describe, expect, it } from "vitest";
import { beamSearch, type Continuations } from "./beam-search.ts";

const [start, end, a, b] = [0, 1, 2, 3];
const logs = (shares: Readonly<Record<number, number>>) =>
  Array.from({ length: 4 }, (_, token) => Math.log(shares[token] ?? 1e-9));

/** After the start `a` is likelier, but what follows it is not: the best text is `b b`. */
const next: Continuations = async (texts) =>
  texts.map((text) => {
    if (text.length === 3) return logs({ [end]: 1 });
    if (text.length === 1) return logs({ [a]: 0.6, [b]: 0.4 });
    return text.at(-1) === a ? logs({ [a]: 0.5, [b]: 0.5 }) : logs({ [b]: 0.9, [a]: 0.1 });
  });

describe("beamSearch", () => {
  it("takes the best token at each step with one beam", async () => {
    const [found] = await beamSearch(next, { start, end, beams: 1, maxTokens: 5, lengthPenalty: 0 });
    expect(found!.tokens[0]).toBe(a);
    expect(found!.score).toBeCloseTo(Math.log(0.3), 6);
  });

  it("finds with two what begins worse and ends better", async () => {
    const [found, second] = await beamSearch(next, { start, end, beams: 2, maxTokens: 5, lengthPenalty: 0 });
    expect(found!.tokens).toEqual([b, b]);
    expect(found!.score).toBeCloseTo(Math.log(0.36), 6);
    expect(second!.score).toBeCloseTo(Math.log(0.3), 6);
  });

  it("gives what it has when there is no room for an end", async () => {
    const [found] = await beamSearch(next, { start, end, beams: 2, maxTokens: 1, lengthPenalty: 0 });
    expect(found!.tokens).toEqual([a]);
  });

  it("prefers longer texts the more the penalty is", async () => {
    const short: Continuations = async (texts) =>
      texts.map((text) => (text.length < 3 ? logs({ [end]: 0.55, [a]: 0.45 }) : logs({ [end]: 0.9, [a]: 0.1 })));
    const lengthOf = async (lengthPenalty: number) =>
      (await beamSearch(short, { start, end, beams: 3, maxTokens: 4, lengthPenalty }))[0]!.tokens.length;
    expect(await lengthOf(0)).toBe(0);
    expect(await lengthOf(2)).toBeGreaterThan(0);
  });
});
