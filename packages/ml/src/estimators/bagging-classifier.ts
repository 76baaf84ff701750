import { type ClassifierEstimator, defineClassifier, type EstimatorInput } from "../define-classifier.ts";
import { drawBag, leftOut, baggingOptions as options, takeColumns, takeColumnsToOnnx } from "../ensemble/bags.ts";
import {
  type ClassMember,
  fitClassMember,
  memberProbabilities,
  memberProbabilitiesToOnnx,
} from "../ensemble/class-member.ts";
import { evenShares, weightedSum, weightedSumToOnnx } from "../ensemble/mean-of.ts";
import { allow, checkMembers, withMembers } from "../ensemble/members.ts";
import { takeSamples } from "../matrix.ts";
import { decisionTreeClassifier } from "./decision-tree-classifier.ts";

interface BaggingState {
  readonly members: readonly { readonly member: ClassMember; readonly columns: Int32Array }[];
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
      const { x, y, weights, classes, random, options: chosen, onProgress } = context;
      const sums = new Float64Array(y.length * classes);
      const members: BaggingState["members"][number][] = [];
      for (let m = 0; m < chosen.nEstimators; m++) {
        const bag = drawBag(x.shape as [number, number], chosen, random.split(m));
        const own = takeColumns(x, bag.columns);
        const given = {
          x: takeSamples(own, bag.rows),
          y: bag.rows.map((row) => y[row]!),
          weights: Float64Array.from(bag.rows, (row) => weights[row]!),
        };
        const member = await fitClassMember(base.withSeed(bag.seed), given, context);
        members.push({ member, columns: bag.columns });
        const unseen = leftOut(bag, y.length);
        const said = memberProbabilities(base, member, takeSamples(own, unseen), classes);
        for (const [i, row] of unseen.entries())
          for (let k = 0; k < classes; k++) sums[row * classes + k]! += said[i * classes + k]!;
        onProgress?.({
          stage: "fitting members",
          done: m + 1,
          total: chosen.nEstimators,
          unit: "members",
          metrics: {},
        });
      }
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
