import { AthanorError } from "@athanor/core";
import { evenShares } from "./mean-of.ts";

/** Weights of members as shares that sum to one; equal ones where none are given.
 *
 * @throws `ml/members`
 */
export function sharesOf(owner: string, weights: readonly number[], count: number): readonly number[] {
  if (weights.length === 0) return evenShares(count);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (weights.length === count && total > 0) return weights.map((weight) => weight / total);
  throw new AthanorError(
    "ml/members",
    `${owner}: expected ${count} weights above 0 together, got [${weights.join(", ")}]`,
    {
      fix: "Give one weight a member, or none.",
      details: { weights, members: count },
    },
  );
}
