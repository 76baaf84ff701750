import { oneOf, real, required, text, texts } from "@athanor/core";
import { columnOf, numbersOf, selectRows, type Table } from "@athanor/data";
import {
  categoricalFeatures,
  encoderToOnnx,
  encodeTable,
  featureNames,
  fitTableEncoder,
  kFold,
  regressionScores,
  scorerNamed,
  takeSamples,
  trainTestSplit,
} from "@athanor/ml";
import { GraphBuilder, writeModel } from "@athanor/onnx";
import { feedsOfTable } from "../predict/feeds-of-table.ts";
import { checkpointJournal } from "../tabular/checkpoint-journal.ts";
import { familyNames, spaceOf } from "../tabular/families.ts";
import { fitMembers, importanceRows, importancesOf } from "../tabular/fit-members.ts";
import { pickModels } from "../tabular/pick-models.ts";
import { candidatesOf, searchOptions, summaryOf } from "../tabular/search-options.ts";
import { defineTask } from "../task/define-task.ts";
import { cardKey, type ModelCard } from "../task/model-card.ts";
import { featureColumns, fieldsOf } from "../task/table-fields.ts";

const metrics = ["rmse", "mae", "r2"] as const;
const options = {
  from: text(required, "the source of the rows"),
  target: text(required, "the column of numbers to predict"),
  features: texts([], "columns to predict from; all but the target and excluded ones when empty"),
  exclude: texts([], "columns to leave out, such as keys"),
  models: texts(["forest"], `kinds of candidates: ${familyNames("numbers").join(", ")}`),
  metric: oneOf("rmse", "what decides between candidates", metrics),
  ...searchOptions,
  test: text(null, "a source of rows held back for the evaluation; a share of the rows when null"),
  testShare: real(0.2, "share of the rows held back", { min: 0.01, max: 0.9 }),
};

/** Predicts a number from the columns of a table: candidates are compared by cross-validation, the best are trained on all training rows. */
export const regress = defineTask({
  name: "tabular-regression",
  summary: "Predict a number from the columns of a table",
  options,
  reads: ({ from, test }) => (test === null ? [from] : [from, test]),
  async train({ name, options: chosen, seed, table, checkpoint, signal, onProgress }) {
    const owner = `learn.${name}`;
    const rows = withTarget(await table(chosen.from), chosen.target, owner);
    const part =
      chosen.test === null ? selectRows(rows, trainTestSplit(rows.rows, chosen.testShare, seed).train) : rows;
    const target = Float64Array.from(numbersOf(columnOf(part, chosen.target, owner)));
    const encoder = fitTableEncoder(part, featureColumns(rows, chosen, owner));
    const x = encodeTable(encoder, part);
    const kinds = { samples: x.shape[0]!, features: x.shape[1]!, categorical: categoricalFeatures(encoder) };
    const space = spaceOf(owner, "numbers", chosen.models, kinds, chosen.candidates > 0);
    const journal = await checkpointJournal(checkpoint);
    const scoring = [chosen.metric, ...metrics.filter((each) => each !== chosen.metric)].map((each) =>
      scorerNamed(each, "numbers"),
    );
    const picked = await pickModels(space, x, target, {
      seed,
      signal,
      onProgress,
      journal,
      labels: [],
      candidates: chosen.candidates,
      ensemble: chosen.ensemble,
      maxSeconds: chosen.maxSeconds ?? undefined,
      splits: kFold(target.length, chosen.folds, seed),
      scoring,
    }).finally(journal.flush);
    const model = await fitMembers(picked.members, x, target, { signal, onProgress });

    const g = new GraphBuilder();
    g.output("value", model.toOnnx(g, encoderToOnnx(encoder, g)));
    const card: ModelCard = {
      task: "tabular-regression",
      summary: `Predicts ${chosen.target} from ${encoder.columns.length} columns of ${chosen.from} (${summaryOf(picked.members)})`,
      inputs: fieldsOf(part, featureNames(encoder)),
      outputs: [{ name: "value", type: "number", help: `the predicted ${chosen.target}` }],
      headline: { metric: chosen.metric, better: scoring[0]!.better },
      details: { target: chosen.target, model: summaryOf(picked.members), members: picked.members },
    };
    const some = trainTestSplit(target.length, Math.min(1, importanceRows / target.length), seed).test;
    return {
      model: writeModel(g.build({ name, metadata: { [cardKey]: JSON.stringify(card) } })),
      card,
      candidates: candidatesOf(picked.trials),
      curves: [],
      importances: importancesOf(
        model,
        takeSamples(x, some),
        Float64Array.from(some, (row) => target[row]!),
        featureNames(encoder),
        scorerNamed("r2", "numbers"),
        [],
      ),
    };
  },
  async evaluate({ name, options: chosen, seed, table, signal }, { session, card }) {
    const owner = `learn.${name}`;
    const rows = withTarget(await table(chosen.test ?? chosen.from), chosen.target, owner);
    const part = chosen.test === null ? selectRows(rows, trainTestSplit(rows.rows, chosen.testShare, seed).test) : rows;
    const { value } = await session.run(feedsOfTable(card, part), { signal });
    const scores = regressionScores(numbersOf(columnOf(part, chosen.target, owner)), value!.data as Float32Array);
    return { metrics: { ...scores, rows: part.rows } };
  },
});

function withTarget(table: Table, target: string, owner: string): Table {
  const values = numbersOf(columnOf(table, target, owner), owner);
  const kept = [...values.keys()].filter((row) => Number.isFinite(values[row]));
  return kept.length === table.rows ? table : selectRows(table, kept);
}
