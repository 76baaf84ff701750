import { type ClassifierEstimator, defineClassifier, type EstimatorInput } from "../define-classifier.ts";
import { type Bagged, fitBags, baggingOptions as options, takeColumns, takeColumnsToOnnx } from "../ensemble/bags.ts";
import {
  type ClassMember,
  fitClassMember,
  memberProbabilities,
  memberProbabilitiesToOnnx,
} from "../ensemble/class-member.ts";
import { evenShares, weightedSum, weightedSumToOnnx } from "../ensemble/mean-of.ts";
import { allow, checkMembers, withMembers } from "../ensemble/members.ts";
import { decisionTreeClassifier } from "./decision-tree-classifier.ts";

interface BaggingState {
  readonly members: readonly Bagged<ClassMember>[];
  /** Share of samples that the members which did not see them get right; null where every member saw all. */
  readonly outOfBagScore: number | null;
}

const name = "baggingClassifier";
type Input = EstimatorInput<typeof options> & { readonly member?: ClassifierEstimator };

function make({ member: base = decisionTreeClassifier(), ...input }: Input = {}): ClassifierEstimator<BaggingState> {
  checkMembers(name, "classifier", [base]);
  const bagging = defineClassifier({
    name,
    options,
    ...allow([base]),
    async fit(context): Promise<BaggingState> {
      const { y, classes } = context;
      const sums = new Float64Array(y.length * classes);
      const members = await fitBags(
        context,
        (seed, samples) => fitClassMember(base.withSeed(seed), samples, context),
        (member, unseen, x) => {
          const said = memberProbabilities(base, member, x, classes);
          for (const [i, row] of unseen.entries())
            for (let k = 0; k < classes; k++) sums[row * classes + k]! += said[i * classes + k]!;
        },
      );
      return { members, outOfBagScore: shareRight(sums, y, classes) };
    },
    probabilities(x, { members }, classes) {
      const each = members.map(({ member, columns }) =>
        memberProbabilities(base, member, takeColumns(x, columns), classes),
      );
      return weightedSum(each, evenShares(members.length));
    },
    toOnnx(g, x, { members }, labels) {
      const each = members.map(({ member, columns }) =>
        memberProbabilitiesToOnnx(base, member, g, takeColumnsToOnnx(g, x, columns), labels.length),
      );
      return g.cast(weightedSumToOnnx(g, each, evenShares(members.length)), "float32");
    },
  });
  return withMembers(bagging(input as EstimatorInput<typeof options>), { member: base }, (seed) =>
    make({ ...input, seed, member: base }),
  );
}

/** Of the rows that any member says something of. */
function shareRight(sums: Float64Array, y: Int32Array, classes: number): number | null {
  let [right, said] = [0, 0];
  for (const [row, k] of y.entries()) {
    const own = sums.subarray(row * classes, (row + 1) * classes);
    const most = own.reduce((a, b) => Math.max(a, b));
    if (most === 0) continue;
    said++;
    if (own.indexOf(most) === k) right++;
  }
  return said > 0 ? right / said : null;
}

/**
 * Classifiers fitted on resampled rows and drawn features; their probabilities are averaged.
 *
 * @throws `ml/members`
 * @see Breiman 1996, "Bagging predictors", https://doi.org/10.1007/BF00058655
 */
export const baggingClassifier = Object.assign(make, {
  definition: { name, kind: "classifier" as const, options, members: ["member"] },
});
