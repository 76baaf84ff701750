import { reals } from "@athanor/core";
import type { EstimatorInput } from "../define-classifier.ts";
import { defineRegressor, type RegressorEstimator } from "../define-regressor.ts";
import { weightedSum, weightedSumToOnnx } from "../ensemble/mean-of.ts";
import { allow, checkMembers, withMembers } from "../ensemble/members.ts";
import { fitNumberMember, memberNumbers, memberNumbersToOnnx, type NumberMember } from "../ensemble/number-member.ts";
import { sharesOf } from "../ensemble/shares-of.ts";

interface VotingState {
  readonly members: readonly NumberMember[];
}

const name = "votingRegressor";
const options = { weights: reals([], "how much each member counts; none for alike", { min: 0 }) };

function make({
  members,
  ...input
}: EstimatorInput<typeof options> & {
  readonly members: readonly RegressorEstimator[];
}): RegressorEstimator<VotingState> {
  checkMembers(name, "regressor", members);
  const shares = sharesOf(name, input.weights ?? [], members.length);
  const voting = defineRegressor({
    name,
    options,
    ...allow(members),
    async fit(context): Promise<VotingState> {
      const fitted: NumberMember[] = [];
      for (const member of members) fitted.push(await fitNumberMember(member, context, context));
      return { members: fitted };
    },
    predict: (x, state) =>
      weightedSum(
        members.map((member, m) => memberNumbers(member, state.members[m]!, x)),
        shares,
      ),
    toOnnx(g, x, state) {
      const each = members.map((member, m) => memberNumbersToOnnx(member, state.members[m]!, g, x));
      return g.cast(weightedSumToOnnx(g, each, shares), "float32");
    },
  });
  return withMembers(voting(input as EstimatorInput<typeof options>), { members }, (seed) =>
    make({ ...input, seed, members: members.map((member) => member.withSeed(seed)) }),
  );
}

/** The mean of what regressors predict. */
export const votingRegressor = Object.assign(make, {
  definition: { name, kind: "regressor" as const, options, members: ["members"] },
});
