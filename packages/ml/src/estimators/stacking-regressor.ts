import type { EstimatorInput } from "../define-classifier.ts";
import { defineRegressor, type RegressorEstimator } from "../define-regressor.ts";
import { allow, checkMembers, withMembers } from "../ensemble/members.ts";
import { fitNumberMember, memberNumbers, memberNumbersToOnnx, type NumberMember } from "../ensemble/number-member.ts";
import { outOfFoldNumbers } from "../ensemble/out-of-fold.ts";
import { stackingOptions as options, stacked, stackedToOnnx } from "../ensemble/stacked.ts";
import { kFold } from "../splits/k-fold.ts";
import { ridge } from "./ridge.ts";

interface StackingState {
  readonly members: readonly NumberMember[];
  readonly last: NumberMember;
  readonly passthrough: boolean;
}

const name = "stackingRegressor";
type Input = EstimatorInput<typeof options> & {
  readonly members: readonly RegressorEstimator[];
  readonly last?: RegressorEstimator;
};

function make({ members, last = ridge(), ...input }: Input): RegressorEstimator<StackingState> {
  checkMembers(name, "regressor", members);
  checkMembers(name, "regressor", [last]);
  const passes = input.passthrough === true;
  const stacking = defineRegressor({
    name,
    options,
    weighs: allow([...members, last]).weighs,
    allowsMissing: allow(passes ? [...members, last] : members).allowsMissing,
    async fit(context): Promise<StackingState> {
      const { x, y, random, options: chosen } = context;
      const splits = kFold(y.length, chosen.folds, random.integer(2 ** 31));
      const [seen, fitted]: [Float64Array[], NumberMember[]] = [[], []];
      for (const member of members) {
        seen.push(await outOfFoldNumbers(member, context, splits, context));
        fitted.push(await fitNumberMember(member, context, context));
      }
      const given = { ...context, x: stacked(seen, x, chosen.passthrough) };
      return { members: fitted, last: await fitNumberMember(last, given, context), passthrough: chosen.passthrough };
    },
    predict(x, state) {
      const each = members.map((member, m) => memberNumbers(member, state.members[m]!, x));
      return memberNumbers(last, state.last, stacked(each, x, state.passthrough));
    },
    toOnnx(g, x, state) {
      const each = members.map((member, m) => memberNumbersToOnnx(member, state.members[m]!, g, x));
      return g.cast(memberNumbersToOnnx(last, state.last, g, stackedToOnnx(g, each, x, state.passthrough)), "float32");
    },
  });
  return withMembers(stacking(input as EstimatorInput<typeof options>), { members, last }, (seed) =>
    make({ ...input, seed, members: members.map((member) => member.withSeed(seed)), last: last.withSeed(seed) }),
  );
}

/**
 * A regressor that learns from what others predict of rows that they were not fitted on.
 *
 * @throws `ml/folds` when there are more folds than samples, `ml/members`
 * @see Breiman 1996, "Stacked regressions", https://doi.org/10.1007/BF00117832
 */
export const stackingRegressor = Object.assign(make, {
  definition: { name, kind: "regressor" as const, options, members: ["members", "last"] },
});
