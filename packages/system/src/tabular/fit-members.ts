import type { LongWork } from "@athanor/core";
import {
  type Classifier,
  estimatorOf,
  type Matrix,
  permutationImportance,
  type Regressor,
  type Scorer,
} from "@athanor/ml";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Member } from "./pick-models.ts";

/** Members fitted on all rows; they vote by their weighted mean. */
export interface FittedMembers {
  /** Probabilities `[samples, labels]`, or numbers. */
  predict(x: Matrix): Float64Array;
  /** From float32 `[batch, features]` to the same, float32. */
  toOnnx(g: GraphBuilder, x: Value): Value;
}

/** Fits each member on all rows. */
export async function fitMembers(
  members: readonly Member[],
  x: Matrix,
  target: readonly string[] | Float64Array,
  work: LongWork,
): Promise<FittedMembers> {
  const models: (Classifier | Regressor)[] = [];
  for (const { recipe } of members) {
    work.signal?.throwIfAborted();
    const estimator = estimatorOf(recipe);
    models.push(
      estimator.kind === "classifier"
        ? await estimator.fit(x, target as readonly string[], work)
        : await estimator.fit(x, target as Float64Array, work),
    );
  }
  return {
    predict(asked) {
      const parts = models.map((model) =>
        model.kind === "classifier" ? model.predictProbabilities(asked) : model.predict(asked),
      );
      return parts[0]!.map((_, i) => parts.reduce((sum, part, k) => sum + members[k]!.weight * part[i]!, 0));
    },
    toOnnx: (g, input) =>
      models
        .map((model, i) => {
          const each = model.kind === "classifier" ? model.toOnnx(g, input).probabilities : model.toOnnx(g, input);
          return members.length === 1 ? each : g.mul(each, members[i]!.weight);
        })
        .reduce((sum, each) => g.add(sum, each)),
  };
}

/** What the score loses without each feature, the most important first; measured on some of the rows. */
export function importancesOf(
  { predict }: FittedMembers,
  x: Matrix,
  target: readonly string[] | Float64Array,
  names: readonly string[],
  { better, score }: Scorer,
  labels: readonly string[],
): readonly { readonly name: string; readonly value: number }[] {
  const sign = better === "higher" ? 1 : -1;
  const rankOf = (given: Matrix) => sign * score(target, predict(given), labels);
  return permutationImportance(rankOf, x, { repeats: 1 })
    .map(({ mean }, i) => ({ name: names[i]!, value: mean }))
    .sort((a, b) => b.value - a.value)
    .slice(0, 15);
}

/** Rows that importance is measured on. */
export const importanceRows = 1000;
