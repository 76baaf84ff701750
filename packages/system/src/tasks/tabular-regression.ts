import { oneOf, real, required, text, texts } from "@athanor/core";
import { columnOf, numbersOf, selectRows, type Table } from "@athanor/data";
import { encodeTable, featureNames, fitTableEncoder, regressionScores, scorerNamed, trainTestSplit } from "@athanor/ml";
import { writeModel } from "@athanor/onnx";
import { feedsOfTable } from "../predict/feeds-of-table.ts";
import { familyNames } from "../tabular/families.ts";
import { checkNetwork, networkOptions } from "../tabular/network-options.ts";
import { searchOptions } from "../tabular/search-options.ts";
import { searchTable } from "../tabular/search-table.ts";
import { trainNetwork } from "../tabular/train-network.ts";
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
  ...networkOptions,
  test: text(null, "a source of rows held back for the evaluation; a share of the rows when null"),
  testShare: real(0.2, "share of the rows held back", { min: 0.01, max: 0.9 }),
};

/**
 * Predicts a number from the columns of a table: candidates are compared by cross-validation, the best are trained on all training
 * rows; or a network is trained.
 */
export const regress = defineTask({
  name: "tabular-regression",
  summary: "Predict a number from the columns of a table",
  options,
  reads: ({ from, test }) => (test === null ? [from] : [from, test]),
  async train(context) {
    const { name, options: chosen, seed, table } = context;
    const owner = `learn.${name}`;
    checkNetwork(owner, chosen);
    const rows = withTarget(await table(chosen.from), chosen.target, owner);
    const part =
      chosen.test === null ? selectRows(rows, trainTestSplit(rows.rows, chosen.testShare, seed).train) : rows;
    const target = Float64Array.from(numbersOf(columnOf(part, chosen.target, owner)));
    const encoder = fitTableEncoder(part, featureColumns(rows, chosen, owner));
    const scorer = scorerNamed(chosen.metric, "numbers");
    const problem = {
      owner,
      encoder,
      target,
      labels: [],
      x: encodeTable(encoder, part),
      scoring: [scorer, ...metrics.map((each) => scorerNamed(each, "numbers"))],
      weighing: scorer,
    };
    const learnt =
      chosen.network === null
        ? await searchTable(problem, chosen, scorerNamed("r2", "numbers"), context)
        : await trainNetwork(problem, chosen, context);
    const card: ModelCard = {
      task: "tabular-regression",
      summary: `Predicts ${chosen.target} from ${encoder.columns.length} columns of ${chosen.from} (${learnt.summary})`,
      inputs: fieldsOf(part, featureNames(encoder)),
      outputs: [{ name: "value", type: "number", help: `the predicted ${chosen.target}` }],
      headline: { metric: chosen.metric, better: scorer.better },
      details: { target: chosen.target, model: learnt.summary, ...learnt.details },
    };
    const model = learnt.toModel(name, { [cardKey]: JSON.stringify(card) }, (g, value) => g.output("value", value));
    const { candidates, curves, importances } = learnt;
    return { model: writeModel(model), card, candidates, curves, ...(importances ? { importances } : {}) };
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
