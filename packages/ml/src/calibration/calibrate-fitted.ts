import { AthanorError } from "@athanor/core";
import type { Classifier, ClassifierEstimator } from "../define-classifier.ts";
import { type CalibratedState, calibratedClassifier } from "../estimators/calibrated-classifier.ts";
import { checkLength, type Matrix } from "../matrix.ts";
import { type Calibrator, fitCalibrators } from "./calibrate.ts";

/**
 * Calibrates a classifier that is fitted already, by samples that it has not seen.
 *
 * @param member what the classifier was fitted by
 * @throws `ml/length-mismatch`, `ml/width-mismatch`, `ml/unknown-label`
 */
export function calibrateFitted(
  member: ClassifierEstimator,
  model: Classifier,
  x: Matrix,
  labels: readonly string[],
  method: Calibrator["kind"] = "sigmoid",
): Classifier<CalibratedState> {
  checkLength("calibrateFitted", x, labels.length);
  const { state, features } = model;
  const y = labels.map((label) => model.labels.indexOf(label));
  const unknown = y.indexOf(-1);
  if (unknown >= 0)
    throw new AthanorError(
      "ml/unknown-label",
      `calibrateFitted: expected labels among ${model.labels.join(", ")}, got ${labels[unknown]} in row ${unknown + 1}`,
      { fix: "Leave out samples of classes that the model does not know." },
    );
  const scored = { scores: model.predictProbabilities(x), y, weights: new Float64Array(y.length).fill(1) };
  const calibrators = fitCalibrators(scored, model.labels.length, method);
  const fitted = { state, features, seen: [...model.labels.keys()] };
  return calibratedClassifier({ member, method }).restore(
    { parts: [{ member: fitted, calibrators }] },
    model.labels,
    features,
  );
}
