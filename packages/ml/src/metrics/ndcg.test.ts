import { expect, it } from "vitest";
import { scored } from "../testing/scored.ts";
import { ndcg } from "./ndcg.ts";

it("agrees with scikit-learn", () => {
  const { recorded } = scored();
  expect(ndcg(recorded.relevance!, recorded.ranks!)).toBeCloseTo(recorded.ndcg!, 12);
});

it("looks at the first places only when told", () => {
  const { recorded } = scored();
  expect(ndcg(recorded.relevance!, recorded.ranks!, 5)).toBeCloseTo(recorded.ndcgAt5!, 12);
});

it("is 0 where nothing is relevant", () => {
  expect(ndcg([0, 0], [1, 2])).toBe(0);
});
