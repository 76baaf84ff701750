import { flag, integer, oneOf } from "@athanor/core";
import { type Calibrator, calibrate, calibrateToOnnx, fitCalibrators } from "../calibration/calibrate.ts";
import { type ClassifierEstimator, defineClassifier, type EstimatorInput } from "../define-classifier.ts";
import {
  type ClassMember,
  fitClassMember,
  memberProbabilities,
  memberProbabilitiesToOnnx,
} from "../ensemble/class-member.ts";
import { evenShares, weightedSum, weightedSumToOnnx } from "../ensemble/mean-of.ts";
import { allow, checkMembers, withMembers } from "../ensemble/members.ts";
import { classFolds } from "../ensemble/out-of-fold.ts";
import { stratifiedKFold } from "../splits/stratified-k-fold.ts";

/** Fitted members, each with the maps that its scores go through. */
export interface CalibratedState {
  readonly parts: readonly { readonly member: ClassMember; readonly calibrators: readonly Calibrator[] }[];
}

const name = "calibratedClassifier";
const options = {
  method: oneOf("sigmoid", "curve from scores to probabilities: a sigmoid, or any that rises", ["sigmoid", "isotonic"]),
  folds: integer(5, "folds, the classes spread evenly, each of which calibrates a classifier fitted on the others", {
    min: 2,
  }),
  ensemble: flag(true, "average the folds' calibrated classifiers, instead of fitting one on all samples"),
};
type Input = EstimatorInput<typeof options> & { readonly member: ClassifierEstimator };

function make({ member, ...input }: Input): ClassifierEstimator<CalibratedState> {
  checkMembers(name, "classifier", [member]);
  const calibrated = defineClassifier({
    name,
    options,
    ...allow([member]),
    async fit(context): Promise<CalibratedState> {
      const { y, classes, weights, random, options: chosen } = context;
      const splits = stratifiedKFold(Array.from(y, String), chosen.folds, random.integer(2 ** 31));
      const folds = await classFolds(member, context, splits, context);
      const scored = folds.map(({ test, scores }) => ({
        scores,
        y: test.map((row) => y[row]!),
        weights: Float64Array.from(test, (row) => weights[row]!),
      }));
      const learn = (each: (typeof scored)[number]) => fitCalibrators(each, classes, chosen.method);
      if (chosen.ensemble)
        return { parts: folds.map((fold, i) => ({ member: fold.member, calibrators: learn(scored[i]!) })) };
      const all = {
        scores: Float64Array.from(scored.flatMap(({ scores }) => Array.from(scores))),
        y: scored.flatMap((each) => each.y),
        weights: Float64Array.from(scored.flatMap((each) => Array.from(each.weights))),
      };
      return { parts: [{ member: await fitClassMember(member, context, context), calibrators: learn(all) }] };
    },
    probabilities(x, { parts }, classes) {
      const each = parts.map((part) =>
        calibrate(part.calibrators, memberProbabilities(member, part.member, x, classes), classes),
      );
      return weightedSum(each, evenShares(parts.length));
    },
    toOnnx(g, x, { parts }, labels) {
      const each = parts.map((part) => {
        const scores = memberProbabilitiesToOnnx(member, part.member, g, x, labels.length);
        return calibrateToOnnx(g, part.calibrators, scores, labels.length);
      });
      return g.cast(weightedSumToOnnx(g, each, evenShares(parts.length)), "float32");
    },
  });
  return withMembers(calibrated(input as EstimatorInput<typeof options>), { member }, (seed) =>
    make({ ...input, seed, member: member.withSeed(seed) }),
  );
}

/**
 * A classifier whose probabilities are made to match how often they come true, by rows that it was not fitted on.
 *
 * @throws `ml/folds` when there are more folds than samples of a class, `ml/members`
 * @see Platt 1999, "Probabilistic outputs for support vector machines"
 * @see Niculescu-Mizil and Caruana 2005, "Predicting good probabilities with supervised learning", https://doi.org/10.1145/1102351.1102430
 */
export const calibratedClassifier = Object.assign(make, {
  definition: { name, kind: "classifier" as const, options, members: ["member"] },
});
