import type { OptionSpec, OptionValues } from "@athanor/core";
import {
  categoricalFeatures,
  encoderToOnnx,
  featureNames,
  kFold,
  type Scorer,
  stratifiedKFold,
  takeSamples,
  trainTestSplit,
} from "@athanor/ml";
import { GraphBuilder } from "@athanor/onnx";
import type { TrainContext } from "../task/define-task.ts";
import { checkpointJournal } from "./checkpoint-journal.ts";
import { spaceOf } from "./families.ts";
import { fitMembers, importanceRows, importancesOf } from "./fit-members.ts";
import type { LearntTable, TableProblem } from "./learnt-table.ts";
import { pickModels } from "./pick-models.ts";
import { candidatesOf, type searchOptions, summaryOf } from "./search-options.ts";

/** Compares candidates by cross-validation and fits the best on all rows. */
export async function searchTable<S extends OptionSpec>(
  { owner, encoder, x, target, labels, scoring, weighing }: TableProblem,
  chosen: OptionValues<typeof searchOptions> & { readonly models: readonly string[] },
  importance: Scorer,
  { seed, checkpoint, signal, onProgress }: TrainContext<S>,
): Promise<LearntTable> {
  const rows = target.length;
  const isClasses = labels.length > 0;
  const kinds = { samples: rows, features: x.shape[1]!, categorical: categoricalFeatures(encoder) };
  const space = spaceOf(owner, isClasses ? "classes" : "numbers", chosen.models, kinds, chosen.candidates > 0);
  const journal = await checkpointJournal(checkpoint);
  const { members, trials, unseen } = await pickModels(space, x, target, {
    seed,
    signal,
    onProgress,
    journal,
    labels,
    scoring: [...new Map(scoring.map((scorer) => [scorer.name, scorer])).values()],
    weighing,
    candidates: chosen.candidates,
    ensemble: chosen.ensemble,
    maxSeconds: chosen.maxSeconds ?? undefined,
    splits: isClasses
      ? stratifiedKFold(target as readonly string[], chosen.folds, seed)
      : kFold(rows, chosen.folds, seed),
  }).finally(journal.flush);
  const model = await fitMembers(members, x, target, { signal, onProgress });
  const some = trainTestSplit(rows, Math.min(1, importanceRows / rows), seed).test;
  const takeSome = isClasses
    ? some.map((row) => (target as readonly string[])[row]!)
    : Float64Array.from(some, (row) => (target as Float64Array)[row]!);
  return {
    summary: summaryOf(members),
    details: { members },
    candidates: candidatesOf(trials),
    curves: [],
    importances: importancesOf(model, takeSamples(x, some), takeSome, featureNames(encoder), importance, labels),
    unseen: async () => ({ rows: Array.from({ length: rows }, (_, row) => row), predictions: await unseen() }),
    toModel(name, metadata, declare) {
      const g = new GraphBuilder();
      declare(g, model.toOnnx(g, encoderToOnnx(encoder, g)));
      return g.build({ name, metadata });
    },
  };
}
