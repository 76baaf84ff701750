import { oneOf, real, required, text, texts } from "@athanor/core";
import { columnOf, selectRows, type Table, textsOf } from "@athanor/data";
import {
  accuracy,
  type Calibration,
  calibrationToOnnx,
  classificationReport,
  confusionMatrix,
  encodeTable,
  featureNames,
  fitCalibration,
  fitTableEncoder,
  logLoss,
  rocAuc,
  rocCurve,
  type Scorer,
  scorerNamed,
} from "@athanor/ml";
import { writeModel } from "@athanor/onnx";
import { feedsOfTable } from "../predict/feeds-of-table.ts";
import {
  above,
  bestF1Scorer,
  bestThreshold,
  type Costs,
  cheapest,
  costScorer,
  type Decision,
  decideToOnnx,
  meanCost,
  mostProbable,
  readCosts,
} from "../tabular/decision.ts";
import { familyNames } from "../tabular/families.ts";
import type { LearntTable, TableProblem } from "../tabular/learnt-table.ts";
import { checkNetwork, networkOptions } from "../tabular/network-options.ts";
import { searchOptions } from "../tabular/search-options.ts";
import { searchTable } from "../tabular/search-table.ts";
import { trainNetwork } from "../tabular/train-network.ts";
import { defineTask } from "../task/define-task.ts";
import { thin } from "../task/evaluation.ts";
import { splitRows } from "../task/held-back.ts";
import { cardKey, type ModelCard } from "../task/model-card.ts";
import { featureColumns, fieldsOf } from "../task/table-fields.ts";

const options = {
  from: text(required, "the source of the rows"),
  target: text(required, "the column to predict"),
  features: texts([], "columns to predict from; all but the target and excluded ones when empty"),
  exclude: texts([], "columns to leave out, such as keys"),
  models: texts(["forest", "logistic", "tree"], `kinds of candidates: ${familyNames("classes").join(", ")}`),
  metric: oneOf("auc", "what decides between candidates, unless costs are given", [
    "auc",
    "accuracy",
    "balancedAccuracy",
    "f1",
    "logLoss",
  ]),
  costs: texts([], 'costs of errors, such as "bad as good: 5"; an error that is not named then costs 1'),
  ...searchOptions,
  ...networkOptions,
  test: text(null, "a source of rows held back for the evaluation; a share of the rows when null"),
  testShare: real(0.2, "share of the rows held back", { min: 0.01, max: 0.9 }),
};

/**
 * Predicts a class from the columns of a table: candidates are compared by cross-validation, the best are trained on all training
 * rows; or a network is trained.
 */
export const classify = defineTask({
  name: "tabular-classification",
  summary: "Predict a class from the columns of a table",
  options,
  reads: ({ from, test }) => (test === null ? [from] : [from, test]),
  async train(context) {
    const { name, options: chosen, seed, table } = context;
    const owner = `learn.${name}`;
    checkNetwork(owner, chosen);
    const rows = withTarget(await table(chosen.from), chosen.target, owner);
    const { train } = splitOf(rows, chosen, seed, owner);
    const part = selectRows(rows, train);
    const target = textsOf(columnOf(part, chosen.target, owner)) as string[];
    const labels = [...new Set(target)].sort();
    const encoder = fitTableEncoder(part, featureColumns(rows, chosen, owner));
    const costs = chosen.costs.length > 0 ? readCosts(owner, chosen.costs, labels) : undefined;
    const logLossScorer = scorerNamed("logLoss", "classes");
    const scorer = scorerOf(chosen.metric, costs, labels);
    const others = [logLossScorer, ...["accuracy", "auc"].map((each) => scorerNamed(each, "classes"))];
    const problem: TableProblem = {
      owner,
      encoder,
      target,
      labels,
      x: encodeTable(encoder, part),
      // Few rows decide costs and F1: what looks at all of them tells models apart better.
      scoring: costs ? [logLossScorer, scorer, ...others] : [scorer, ...others],
      weighing: costs
        ? "mixture"
        : isBestF1(chosen.metric, labels)
          ? scorerNamed("averagePrecision", "classes")
          : scorer,
    };
    const learnt =
      chosen.network === null
        ? await searchTable(problem, chosen, logLossScorer, context)
        : await trainNetwork(problem, chosen, context);
    const { decision, calibration } = await decisionOf(chosen.metric, costs, target, learnt.unseen, labels);
    const card: ModelCard = {
      task: "tabular-classification",
      summary: `Predicts ${chosen.target} from ${encoder.columns.length} columns of ${chosen.from} (${learnt.summary})`,
      inputs: fieldsOf(part, featureNames(encoder)),
      outputs: [
        { name: "label", type: "label", help: `the predicted ${chosen.target}` },
        { name: "probabilities", type: "distribution", help: "probability of each class" },
      ],
      labels,
      headline: { metric: scorer.name, better: scorer.better },
      details: { target: chosen.target, model: learnt.summary, ...learnt.details },
    };
    const model = learnt.toModel(name, { [cardKey]: JSON.stringify(card) }, (g, given) => {
      const probabilities = calibration ? calibrationToOnnx(calibration, g, given) : given;
      g.output("label", decideToOnnx(g, probabilities, decision, labels));
      g.output("probabilities", probabilities);
    });
    const { candidates, curves, importances } = learnt;
    return { model: writeModel(model), card, candidates, curves, ...(importances ? { importances } : {}) };
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
    const { macro, classes } = classificationReport(truth, predicted);
    return {
      metrics: {
        auc: rocAuc(truth, probabilities, labels),
        accuracy: accuracy(truth, predicted),
        balancedAccuracy: macro.recall,
        f1: labels.length === 2 ? (classes[labels[1]!]?.f1 ?? 0) : macro.f1,
        logLoss: logLoss(truth, probabilities, labels),
        ...(chosen.costs.length > 0
          ? { cost: meanCost(truth, predicted, labels, readCosts(owner, chosen.costs, labels)) }
          : {}),
        rows: truth.length,
      },
      confusion: confusionMatrix(truth, predicted, [...new Set([...labels, ...truth])].sort()),
      roc,
    };
  },
});

const isBestF1 = (metric: string, labels: readonly string[]) => metric === "f1" && labels.length === 2;

function scorerOf(metric: string, costs: Costs | undefined, labels: readonly string[]): Scorer {
  if (costs) return costScorer(costs);
  return isBestF1(metric, labels) ? bestF1Scorer : scorerNamed(metric, "classes");
}

/** What rows that the models have not seen say of their probabilities: costs want them right, the best F1 wants a threshold. */
async function decisionOf(
  metric: string,
  costs: Costs | undefined,
  target: readonly string[],
  unseen: LearntTable["unseen"],
  labels: readonly string[],
): Promise<{ readonly decision: Decision; readonly calibration?: Calibration }> {
  if (!costs && !isBestF1(metric, labels)) return { decision: mostProbable(labels.length) };
  const { rows, predictions } = await unseen();
  const truth = rows.map((row) => target[row]!);
  if (costs) return { decision: cheapest(costs), calibration: await fitCalibration(truth, predictions, labels) };
  return { decision: above(bestThreshold(truth, predictions, labels).threshold) };
}

/** Rows without a target cannot teach or test. */
function withTarget(table: Table, target: string, owner: string): Table {
  const labels = textsOf(columnOf(table, target, owner));
  const kept = [...labels.keys()].filter((row) => labels[row] !== undefined);
  return kept.length === table.rows ? table : selectRows(table, kept);
}

const splitOf = (
  table: Table,
  { target, ...parts }: { readonly target: string; readonly test: string | null; readonly testShare: number },
  seed: number,
  owner: string,
) => splitRows(table.rows, parts, seed, textsOf(columnOf(table, target, owner)) as string[]);
