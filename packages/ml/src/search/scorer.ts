import { AthanorError } from "@athanor/core";
import { bestLabels } from "../define-classifier.ts";
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  brierScore,
  classificationReport,
  logLoss,
  matthewsCorrelation,
  regressionScores,
  rocAuc,
} from "../metrics/index.ts";

/** How good predictions are, in one number. */
export interface Scorer {
  readonly name: string;
  readonly better: "higher" | "lower";
  readonly of: "classes" | "numbers";
  /** Of classes, predictions are probabilities `[samples, labels]`. */
  score(truth: readonly string[] | ArrayLike<number>, predictions: Float64Array, labels: readonly string[]): number;
}

type Better = Scorer["better"];
const ofClasses = (
  name: string,
  better: Better,
  score: (truth: readonly string[], probabilities: Float64Array, labels: readonly string[]) => number,
): Scorer => ({ name, better, of: "classes", score: score as Scorer["score"] });
const ofLabels = (
  name: string,
  better: Better,
  score: (truth: readonly string[], predicted: readonly string[], labels: readonly string[]) => number,
): Scorer => ofClasses(name, better, (truth, p, labels) => score(truth, bestLabels(p, labels), labels));
const ofNumbers = (
  name: string,
  better: Better,
  score: (truth: ArrayLike<number>, predicted: Float64Array) => number,
): Scorer => ({ name, better, of: "numbers", score: score as Scorer["score"] });

const ofSecond = (truth: readonly string[], p: Float64Array, labels: readonly string[]) =>
  [truth.map((label) => label === labels[1]), p.filter((_, i) => i % labels.length === 1)] as const;

/** Scorers by name; those of one class look at the second label. */
export const scorers: Readonly<Record<string, Scorer>> = Object.fromEntries(
  [
    ofLabels("accuracy", "higher", accuracy),
    ofLabels("balancedAccuracy", "higher", balancedAccuracy),
    ofLabels("f1", "higher", f1),
    ofLabels("matthewsCorrelation", "higher", matthewsCorrelation),
    ofClasses("auc", "higher", rocAuc),
    ofClasses("averagePrecision", "higher", (...given) => averagePrecision(...ofSecond(...given))),
    ofClasses("logLoss", "lower", logLoss),
    ofClasses("brier", "lower", (...given) => brierScore(...ofSecond(...given))),
    ofNumbers("rmse", "lower", (truth, predicted) => regressionScores(truth, predicted).rmse),
    ofNumbers("mae", "lower", (truth, predicted) => regressionScores(truth, predicted).mae),
    ofNumbers("r2", "higher", (truth, predicted) => regressionScores(truth, predicted).r2),
  ].map((scorer) => [scorer.name, scorer]),
);

/** @throws `ml/scorer` for a name that is none, or one of another kind of target */
export function scorerNamed(name: string, of: Scorer["of"]): Scorer {
  const scorer = scorers[name];
  if (scorer?.of === of) return scorer;
  const known = Object.values(scorers).filter((each) => each.of === of);
  throw new AthanorError(
    "ml/scorer",
    `Scoring: expected one of ${known.map((each) => each.name).join(", ")} for ${of}, got ${name}`,
    { fix: "Name one of these, or give a scorer.", details: { name } },
  );
}

/** Of two classes the F1 of the second, else the mean over classes. */
function f1(truth: readonly string[], predicted: readonly string[], labels: readonly string[]): number {
  const { classes, macro } = classificationReport(truth, predicted);
  return labels.length === 2 ? (classes[labels[1]!]?.f1 ?? 0) : macro.f1;
}
