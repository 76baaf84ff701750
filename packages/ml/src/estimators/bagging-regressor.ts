import type { EstimatorInput } from "../define-classifier.ts";
import { defineRegressor, type RegressorEstimator } from "../define-regressor.ts";
import { type Bagged, fitBags, baggingOptions as options, takeColumns, takeColumnsToOnnx } from "../ensemble/bags.ts";
import { evenShares, weightedSum, weightedSumToOnnx } from "../ensemble/mean-of.ts";
import { allow, checkMembers, withMembers } from "../ensemble/members.ts";
import { fitNumberMember, memberNumbers, memberNumbersToOnnx, type NumberMember } from "../ensemble/number-member.ts";
import { regressionScores } from "../metrics/regression-scores.ts";
import { decisionTreeRegressor } from "./decision-tree-regressor.ts";

interface BaggingState {
  readonly members: readonly Bagged<NumberMember>[];
  /** R² of samples by the members which did not see them; null where every member saw all. */
  readonly outOfBagScore: number | null;
}

const name = "baggingRegressor";
type Input = EstimatorInput<typeof options> & { readonly member?: RegressorEstimator };

function make({ member: base = decisionTreeRegressor(), ...input }: Input = {}): RegressorEstimator<BaggingState> {
  checkMembers(name, "regressor", [base]);
  const bagging = defineRegressor({
    name,
    options,
    ...allow([base]),
    async fit(context): Promise<BaggingState> {
      const { y } = context;
      const [sums, counts] = [new Float64Array(y.length), new Int32Array(y.length)];
      const members = await fitBags(
        context,
        (seed, samples) => fitNumberMember(base.withSeed(seed), samples, context),
        (member, unseen, x) => {
          const said = memberNumbers(base, member, x);
          for (const [i, row] of unseen.entries()) {
            sums[row]! += said[i]!;
            counts[row]!++;
          }
        },
      );
      const rows = Array.from(y.keys()).filter((row) => counts[row]! > 0);
      const [truth, said] = [rows.map((row) => y[row]!), rows.map((row) => sums[row]! / counts[row]!)];
      return { members, outOfBagScore: rows.length > 1 ? regressionScores(truth, said).r2 : null };
    },
    predict(x, { members }) {
      const each = members.map(({ member, columns }) => memberNumbers(base, member, takeColumns(x, columns)));
      return weightedSum(each, evenShares(members.length));
    },
    toOnnx(g, x, { members }) {
      const each = members.map(({ member, columns }) =>
        memberNumbersToOnnx(base, member, g, takeColumnsToOnnx(g, x, columns)),
      );
      return g.cast(weightedSumToOnnx(g, each, evenShares(members.length)), "float32");
    },
  });
  return withMembers(bagging(input as EstimatorInput<typeof options>), { member: base }, (seed) =>
    make({ ...input, seed, member: base }),
  );
}

/**
 * Regressors fitted on resampled rows and drawn features; their predictions are averaged.
 *
 * @throws `ml/members`
 * @see Breiman 1996, "Bagging predictors", https://doi.org/10.1007/BF00058655
 */
export const baggingRegressor = Object.assign(make, {
  definition: { name, kind: "regressor" as const, options, members: ["member"] },
});
