import { type ClassifierEstimator, defineClassifier, type EstimatorInput } from "../define-classifier.ts";
import {
  type ClassMember,
  fitClassMember,
  memberProbabilities,
  memberProbabilitiesToOnnx,
} from "../ensemble/class-member.ts";
import { allow, checkMembers, withMembers } from "../ensemble/members.ts";
import { outOfFoldProbabilities } from "../ensemble/out-of-fold.ts";
import { stackingOptions as options, stacked, stackedToOnnx } from "../ensemble/stacked.ts";
import { stratifiedKFold } from "../splits/stratified-k-fold.ts";
import { logisticRegression } from "./logistic-regression.ts";

interface StackingState {
  readonly members: readonly ClassMember[];
  readonly last: ClassMember;
  readonly passthrough: boolean;
}

const name = "stackingClassifier";
type Input = EstimatorInput<typeof options> & {
  readonly members: readonly ClassifierEstimator[];
  readonly last?: ClassifierEstimator;
};

function make({ members, last = logisticRegression(), ...input }: Input): ClassifierEstimator<StackingState> {
  checkMembers(name, "classifier", members);
  checkMembers(name, "classifier", [last]);
  const passes = input.passthrough === true;
  const stacking = defineClassifier({
    name,
    options,
    weighs: allow([...members, last]).weighs,
    allowsMissing: allow(passes ? [...members, last] : members).allowsMissing,
    async fit(context): Promise<StackingState> {
      const { x, y, classes, random, options: chosen } = context;
      const splits = stratifiedKFold(Array.from(y, String), chosen.folds, random.integer(2 ** 31));
      const [seen, fitted]: [Float64Array[], ClassMember[]] = [[], []];
      for (const member of members) {
        seen.push(told(await outOfFoldProbabilities(member, context, splits, context), classes));
        fitted.push(await fitClassMember(member, context, context));
      }
      const given = { ...context, x: stacked(seen, x, chosen.passthrough) };
      return { members: fitted, last: await fitClassMember(last, given, context), passthrough: chosen.passthrough };
    },
    probabilities(x, state, classes) {
      const each = members.map((member, m) =>
        told(memberProbabilities(member, state.members[m]!, x, classes), classes),
      );
      return memberProbabilities(last, state.last, stacked(each, x, state.passthrough), classes);
    },
    toOnnx(g, x, state, labels) {
      const each = members.map((member, m) => {
        const all = memberProbabilitiesToOnnx(member, state.members[m]!, g, x, labels.length);
        return labels.length === 2 ? g.gather(all, g.constant([1], "int64"), 1) : all;
      });
      const given = stackedToOnnx(g, each, x, state.passthrough);
      return g.cast(memberProbabilitiesToOnnx(last, state.last, g, given, labels.length), "float32");
    },
  });
  return withMembers(stacking(input as EstimatorInput<typeof options>), { members, last }, (seed) =>
    make({ ...input, seed, members: members.map((member) => member.withSeed(seed)), last: last.withSeed(seed) }),
  );
}

/** Of two classes the probability of the second says all. */
const told = (probabilities: Float64Array, classes: number): Float64Array =>
  classes === 2 ? probabilities.filter((_, i) => i % 2 === 1) : probabilities;

/**
 * A classifier that learns from what others say of rows that they were not fitted on.
 *
 * @throws `ml/folds` when there are more folds than samples of a class, `ml/members`
 * @see Wolpert 1992, "Stacked generalization", https://doi.org/10.1016/S0893-6080(05)80023-1
 */
export const stackingClassifier = Object.assign(make, {
  definition: { name, kind: "classifier" as const, options, members: ["members", "last"] },
});
