import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { rankingScores } from "./ranking-scores.ts";

it("is scikit-learn's average precision of labels where each list has one to find", () => {
  const { recorded, truth } = scored();
  const wanted = truth.map((label) => [0, 1, 2].map((k) => String(k) === label));
  // Raised a little by place, so that no two are equal.
  const scores = wanted.map((_, i) => [0, 1, 2].map((k) => recorded.probabilities![3 * i + k]! + 1e-6 * (3 * i + k)));
  const { meanReciprocalRank, meanAveragePrecision, hitRate } = rankingScores(wanted, scores, 3);
  expect(meanReciprocalRank).toBeCloseTo(recorded.meanReciprocalRank!, 12);
  expect(meanAveragePrecision).toBeCloseTo(recorded.meanReciprocalRank!, 12);
  expect(hitRate).toBe(1);
});

it("counts every item to find, and lists without any as nothing", () => {
  const lists = [
    [true, false, true],
    [false, false, false],
  ];
  const ranked = rankingScores(
    lists,
    [
      [3, 2, 1],
      [3, 2, 1],
    ],
    1,
  );
  expect(ranked).toEqual({ meanReciprocalRank: 0.5, meanAveragePrecision: (1 + 2 / 3) / 4, hitRate: 0.5 });
});
