import { describe, expect, it } from "vitest";
import { spanScores, spansOf, tagsOf } from "./spans.ts";

const expected = [
  { kind: "ORG", start: 0, end: 1 },
  { kind: "PER", start: 1, end: 4 },
  { kind: "PER", start: 4, end: 5 },
];

describe("spansOf", () => {
  it.each([
    ["BIO", "B-ORG B-PER I-PER I-PER B-PER O"],
    ["IOB", "I-ORG I-PER I-PER I-PER B-PER O"],
    ["BIOES", "S-ORG B-PER I-PER E-PER S-PER O"],
    ["BMES", "S-ORG B-PER M-PER E-PER S-PER O"],
    ["BILOU", "U-ORG B-PER I-PER L-PER U-PER O"],
  ])("reads %s", (_, tags) => {
    expect(spansOf(tags.split(" "))).toEqual(expected);
  });

  it("begins what goes on without a beginning, and closes what has no end", () => {
    expect(spansOf(["O", "E-LOC", "I-LOC", "I-ORG"])).toEqual([
      { kind: "LOC", start: 1, end: 2 },
      { kind: "LOC", start: 2, end: 3 },
      { kind: "ORG", start: 3, end: 4 },
    ]);
  });
});

it("gives the tags of spans, from which they can be read again", () => {
  const tags = tagsOf(expected, 6);
  expect(tags).toEqual(["S-ORG", "B-PER", "I-PER", "E-PER", "S-PER", "O"]);
  expect(spansOf(tags)).toEqual(expected);
});

it("counts a span as right only with its kind and both ends", () => {
  const found = [expected[0]!, { kind: "PER", start: 1, end: 3 }, { kind: "LOC", start: 4, end: 5 }];
  const { precision, recall, f1 } = spanScores([expected, []], [found, [expected[0]!]]);
  expect([precision, recall]).toEqual([1 / 4, 1 / 3]);
  expect(f1).toBeCloseTo(2 / 7, 10);
});
