import { AthanorError } from "@athanor/core";
import type { ClassifierEstimator } from "../define-classifier.ts";
import type { RegressorEstimator } from "../define-regressor.ts";
import { recipeOf } from "../recipe-step.ts";

type Kinds = { readonly classifier: ClassifierEstimator; readonly regressor: RegressorEstimator };

/** @throws `ml/members` for none, or one of the other kind */
export function checkMembers<K extends keyof Kinds>(owner: string, kind: K, given: readonly Kinds[K][]): void {
  const [expected, fix] = [`one ${kind} or more`, `Name a ${kind}.`];
  if (given.length === 0) throw new AthanorError("ml/members", `${owner}: expected ${expected}, got none`, { fix });
  const other = given.find((each) => each.kind !== kind);
  if (other)
    throw new AthanorError("ml/members", `${owner}: expected ${expected}, got ${other.name}, a ${other.kind}`, {
      fix,
      details: { member: other.name },
    });
}

/** What members allow together. */
export const allow = (members: readonly Pick<ClassifierEstimator, "allowsMissing" | "weighs">[]) => ({
  allowsMissing: members.every(({ allowsMissing }) => allowsMissing),
  weighs: members.every(({ weighs }) => weighs),
});

/** An ensemble whose options name its members, so that it can be made again from plain data. */
export const withMembers = <E extends ClassifierEstimator | RegressorEstimator>(
  ensemble: E,
  members: Readonly<Record<string, Kinds[keyof Kinds] | readonly Kinds[keyof Kinds][]>>,
  withSeed: (seed: number) => E,
): E => {
  const recipes = Object.entries(members).map(([role, each]) => [
    role,
    "kind" in each ? recipeOf(each) : each.map((one) => recipeOf(one)),
  ]);
  return { ...ensemble, options: { ...Object.fromEntries(recipes), ...ensemble.options }, withSeed };
};
