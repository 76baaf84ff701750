import { AthanorError, integer, real, required, text, texts } from "@athanor/core";
import { columnOf, selectRows, type Table, textsOf } from "@athanor/data";
import {
  accuracy,
  bestLabels,
  type ClassifierEstimator,
  classificationReport,
  confusionMatrix,
  decisionTreeClassifier,
  encoderToOnnx,
  encodeTable,
  featureNames,
  fitTableEncoder,
  logisticRegression,
  logLoss,
  randomForestClassifier,
  rocAuc,
  rocCurve,
  stratifiedKFold,
  takeSamples,
  trainTestSplit,
} from "@athanor/ml";
import { GraphBuilder, writeModel } from "@athanor/onnx";
import { feedsOfTable } from "../predict/feeds-of-table.ts";
import { defineTask } from "../task/define-task.ts";
import { thin } from "../task/evaluation.ts";
import { cardKey, type ModelCard } from "../task/model-card.ts";
import { featureColumns, fieldsOf } from "../task/table-fields.ts";

const models: Readonly<Record<string, (seed: number, nTrees: number) => ClassifierEstimator>> = {
  forest: (seed, nTrees) => randomForestClassifier({ nTrees, minSamplesLeaf: 2, seed }) as ClassifierEstimator,
  logistic: (seed) => logisticRegression({ seed }) as ClassifierEstimator,
  tree: (seed) => decisionTreeClassifier({ maxDepth: 6, minSamplesLeaf: 10, seed }) as ClassifierEstimator,
};

const options = {
  from: text(required, "the source of the rows"),
  target: text(required, "the column to predict"),
  features: texts([], "columns to predict from; all but the target and excluded ones when empty"),
  exclude: texts([], "columns to leave out, such as keys"),
  models: texts(["forest", "logistic", "tree"], `candidates: ${Object.keys(models).join(", ")}`),
  nTrees: integer(100, "trees of a forest", { min: 1, max: 2000 }),
  folds: integer(5, "folds of the cross-validation that picks the candidate", { min: 2, max: 20 }),
  test: text(null, "a source of rows held back for the evaluation; a share of the rows when null"),
  testShare: real(0.2, "share of the rows held back", { min: 0.01, max: 0.9 }),
};

/** Predicts a class from the columns of a table: candidates are compared by cross-validation, the best is trained on all training rows. */
export const classify = defineTask({
  name: "tabular-classification",
  summary: "Predict a class from the columns of a table",
  options,
  reads: ({ from, test }) => (test === null ? [from] : [from, test]),
  async train({ name, options: chosen, seed, table, signal, onProgress }) {
    const owner = `learn.${name}`;
    const rows = withTarget(await table(chosen.from), chosen.target, owner);
    const { train } = splitOf(rows, chosen, seed, owner);
    const part = selectRows(rows, train);
    const labels = textsOf(columnOf(part, chosen.target, owner)) as string[];
    const encoder = fitTableEncoder(part, featureColumns(rows, chosen, owner));
    const x = encodeTable(encoder, part);

    const candidates = [];
    for (const key of chosen.models) {
      const make = models[key];
      if (make === undefined) throw unknownModel(owner, key);
      const scores = new Float64Array(0);
      const held: number[] = [];
      const parts: Float64Array[] = [scores];
      const folds = stratifiedKFold(labels, chosen.folds, seed);
      for (const [i, fold] of folds.entries()) {
        const fitted = await make(seed, chosen.nTrees).fit(
          takeSamples(x, fold.train),
          fold.train.map((row) => labels[row]!),
          { signal },
        );
        parts.push(fitted.predictProbabilities(takeSamples(x, fold.test)));
        held.push(...fold.test);
        onProgress?.({ stage: `cross-validating ${key}`, done: i + 1, total: folds.length, unit: "folds" });
      }
      const classes = [...new Set(labels)].sort();
      const probabilities = Float64Array.from(parts.flatMap((each) => Array.from(each)));
      const truth = held.map((row) => labels[row]!);
      candidates.push({
        name: key,
        metrics: {
          accuracy: accuracy(truth, bestLabels(probabilities, classes)),
          auc: rocAuc(truth, probabilities, classes),
          logLoss: logLoss(truth, probabilities, classes),
        },
      });
    }
    const best = candidates.reduce((leader, each) => (each.metrics.auc > leader.metrics.auc ? each : leader));
    const model = await models[best.name]!(seed, chosen.nTrees).fit(x, labels, { signal, onProgress });

    const g = new GraphBuilder();
    const { label, probabilities } = model.toOnnx(g, encoderToOnnx(encoder, g));
    g.output("label", label);
    g.output("probabilities", probabilities);
    const card: ModelCard = {
      task: "tabular-classification",
      summary: `Predicts ${chosen.target} from ${encoder.columns.length} columns of ${chosen.from} (${best.name})`,
      inputs: fieldsOf(
        part,
        encoder.columns.map((column) => column.name),
      ),
      outputs: [
        { name: "label", type: "label", help: `the predicted ${chosen.target}` },
        { name: "probabilities", type: "distribution", help: "probability of each class" },
      ],
      labels: model.labels,
      headline: { metric: "auc", better: "higher" },
      details: { target: chosen.target, model: best.name },
    };
    const names = featureNames(encoder);
    const importances = (model.importances ?? [])
      .map((value, i) => ({ name: names[i]!, value }))
      .sort((a, b) => b.value - a.value);
    return {
      model: writeModel(g.build({ name, metadata: { [cardKey]: JSON.stringify(card) } })),
      card,
      candidates,
      curves: [],
      importances: importances.slice(0, 15),
    };
  },
  async evaluate({ name, options: chosen, seed, table, signal }, { session, card }) {
    const owner = `learn.${name}`;
    const rows = withTarget(await table(chosen.from), chosen.target, owner);
    const part =
      chosen.test === null
        ? selectRows(rows, splitOf(rows, chosen, seed, owner).test)
        : withTarget(await table(chosen.test), chosen.target, owner);
    const truth = textsOf(columnOf(part, chosen.target, owner)) as string[];
    const labels = card.labels!;
    const outputs = await session.run(feedsOfTable(card, part), { signal });
    const probabilities = outputs.probabilities!.data as Float32Array;
    const predicted = outputs.label!.data as readonly string[];
    const positives = labels.length === 2 ? [1] : labels.map((_, k) => k);
    const roc = positives.map((k) => {
      const { points, auc } = rocCurve(
        truth.map((label) => label === labels[k]),
        truth.map((_, row) => probabilities[row * labels.length + k]!),
      );
      return { name: labels[k]!, points: thin(points), auc };
    });
    const { macro } = classificationReport(truth, predicted);
    return {
      metrics: {
        auc: rocAuc(truth, probabilities, labels),
        accuracy: accuracy(truth, predicted),
        f1: macro.f1,
        logLoss: logLoss(truth, probabilities, labels),
        rows: truth.length,
      },
      confusion: confusionMatrix(truth, predicted, [...new Set([...labels, ...truth])].sort()),
      roc,
    };
  },
});

/** Rows without a target cannot teach or test. */
function withTarget(table: Table, target: string, owner: string): Table {
  const labels = textsOf(columnOf(table, target, owner));
  const kept = [...labels.keys()].filter((row) => labels[row] !== undefined);
  return kept.length === table.rows ? table : selectRows(table, kept);
}

function splitOf(
  table: Table,
  { target, test, testShare }: { readonly target: string; readonly test: string | null; readonly testShare: number },
  seed: number,
  owner: string,
) {
  if (test !== null) return { train: Array.from({ length: table.rows }, (_, row) => row), test: [] };
  return trainTestSplit(table.rows, testShare, seed, textsOf(columnOf(table, target, owner)) as string[]);
}

const unknownModel = (owner: string, key: string): AthanorError =>
  new AthanorError(
    "config/unknown-model",
    `${owner}: expected models among ${Object.keys(models).join(", ")}, got ${key}`,
    { fix: "Correct the name.", details: { model: key } },
  );
