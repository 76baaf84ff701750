import { integer, real, required, text, texts } from "@athanor/core";
import { columnOf, numbersOf, selectRows, type Table } from "@athanor/data";
import {
  encoderToOnnx,
  encodeTable,
  featureNames,
  fitTableEncoder,
  randomForestRegressor,
  regressionScores,
  trainTestSplit,
} from "@athanor/ml";
import { GraphBuilder, writeModel } from "@athanor/onnx";
import { feedsOfTable } from "../predict/feeds-of-table.ts";
import { defineTask } from "../task/define-task.ts";
import { cardKey, type ModelCard } from "../task/model-card.ts";
import { featureColumns, fieldsOf } from "../task/table-fields.ts";

const options = {
  from: text(required, "the source of the rows"),
  target: text(required, "the column of numbers to predict"),
  features: texts([], "columns to predict from; all but the target and excluded ones when empty"),
  exclude: texts([], "columns to leave out, such as keys"),
  nTrees: integer(100, "trees of the forest", { min: 1, max: 2000 }),
  minSamplesLeaf: integer(5, "rows that each leaf keeps", { min: 1 }),
  test: text(null, "a source of rows held back for the evaluation; a share of the rows when null"),
  testShare: real(0.2, "share of the rows held back", { min: 0.01, max: 0.9 }),
};

/** Predicts a number from the columns of a table with a random forest. */
export const regress = defineTask({
  name: "tabular-regression",
  summary: "Predict a number from the columns of a table",
  options,
  reads: ({ from, test }) => (test === null ? [from] : [from, test]),
  async train({ name, options: chosen, seed, table, signal, onProgress }) {
    const owner = `learn.${name}`;
    const rows = withTarget(await table(chosen.from), chosen.target, owner);
    const part =
      chosen.test === null ? selectRows(rows, trainTestSplit(rows.rows, chosen.testShare, seed).train) : rows;
    const encoder = fitTableEncoder(part, featureColumns(rows, chosen, owner));
    const estimator = randomForestRegressor({ nTrees: chosen.nTrees, minSamplesLeaf: chosen.minSamplesLeaf, seed });
    const model = await estimator.fit(encodeTable(encoder, part), numbersOf(columnOf(part, chosen.target, owner)), {
      signal,
      onProgress,
    });
    const g = new GraphBuilder();
    g.output("value", model.toOnnx(g, encoderToOnnx(encoder, g)));
    const card: ModelCard = {
      task: "tabular-regression",
      summary: `Predicts ${chosen.target} from ${encoder.columns.length} columns of ${chosen.from} (forest)`,
      inputs: fieldsOf(
        part,
        encoder.columns.map((column) => column.name),
      ),
      outputs: [{ name: "value", type: "number", help: `the predicted ${chosen.target}` }],
      headline: { metric: "rmse", better: "lower" },
      details: { target: chosen.target },
    };
    const names = featureNames(encoder);
    const importances = (model.importances ?? [])
      .map((value, i) => ({ name: names[i]!, value }))
      .sort((a, b) => b.value - a.value);
    return {
      model: writeModel(g.build({ name, metadata: { [cardKey]: JSON.stringify(card) } })),
      card,
      candidates: [],
      curves: [],
      importances: importances.slice(0, 15),
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
