import { oneOf, reals } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { type ClassifierEstimator, defineClassifier, type EstimatorInput } from "../define-classifier.ts";
import {
  type ClassMember,
  fitClassMember,
  memberProbabilities,
  memberProbabilitiesToOnnx,
} from "../ensemble/class-member.ts";
import { weightedSum, weightedSumToOnnx } from "../ensemble/mean-of.ts";
import { allow, checkMembers, withMembers } from "../ensemble/members.ts";
import { sharesOf } from "../ensemble/shares-of.ts";

interface VotingState {
  readonly members: readonly ClassMember[];
}

const name = "votingClassifier";
const options = {
  voting: oneOf("soft", "what is averaged: probabilities, or votes for the most probable class", ["soft", "hard"]),
  weights: reals([], "how much each member counts; none for alike", { min: 0 }),
};

function make({
  members,
  ...input
}: EstimatorInput<typeof options> & {
  readonly members: readonly ClassifierEstimator[];
}): ClassifierEstimator<VotingState> {
  checkMembers(name, "classifier", members);
  const shares = sharesOf(name, input.weights ?? [], members.length);
  const isHard = input.voting === "hard";
  const voting = defineClassifier({
    name,
    options,
    ...allow(members),
    async fit(context): Promise<VotingState> {
      const fitted: ClassMember[] = [];
      for (const member of members) fitted.push(await fitClassMember(member, context, context));
      return { members: fitted };
    },
    probabilities(x, state, classes) {
      const each = members.map((member, m) => memberProbabilities(member, state.members[m]!, x, classes));
      return weightedSum(isHard ? each.map((own) => votesOf(own, classes)) : each, shares);
    },
    toOnnx(g, x, state, labels) {
      const each = members.map((member, m) =>
        memberProbabilitiesToOnnx(member, state.members[m]!, g, x, labels.length),
      );
      const said = isHard ? each.map((own) => votesToOnnx(g, own, labels.length)) : each;
      return g.cast(weightedSumToOnnx(g, said, shares), "float32");
    },
  });
  return withMembers(voting(input as EstimatorInput<typeof options>), { members }, (seed) =>
    make({ ...input, seed, members: members.map((member) => member.withSeed(seed)) }),
  );
}

/** Classifiers that vote, by the mean of their probabilities or by their answers. */
export const votingClassifier = Object.assign(make, {
  definition: { name, kind: "classifier" as const, options, members: ["members"] },
});

/** 1 for the most probable class of each row, the first of equal ones. */
function votesOf(probabilities: Float64Array, classes: number): Float64Array {
  const votes = new Float64Array(probabilities.length);
  for (let at = 0; at < votes.length; at += classes) {
    let best = at;
    for (let i = at + 1; i < at + classes; i++) if (probabilities[i]! > probabilities[best]!) best = i;
    votes[best] = 1;
  }
  return votes;
}

function votesToOnnx(g: GraphBuilder, probabilities: Value, classes: number): Value {
  const best = g.op("ArgMax", [probabilities], { axis: 1, keepdims: 1 });
  const all = g.constant(
    Array.from({ length: classes }, (_, k) => k),
    "int64",
  );
  return g.cast(g.equal(best, all), "float64");
}
