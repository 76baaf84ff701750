import { type FindQuestion, type QuestionLimits, questionFinder } from "./find-question.ts";
import { branchShares, type Cases, countsOf, type Grown, partition, sumOf, type Training } from "./training.ts";

/** Grows the whole tree; branches that get no more rows right than their node as a leaf are cut off again. */
export const grow = (training: Training, cases: Cases, limits: QuestionLimits): Grown =>
  growNode(training, cases, limits.minSamplesLeaf, questionFinder(training, limits), new Set());

function growNode(
  training: Training,
  cases: Cases,
  minSamplesLeaf: number,
  find: FindQuestion,
  asked: ReadonlySet<number>,
): Grown {
  const counts = countsOf(training, cases);
  const total = sumOf(counts);
  const leaf = { counts, split: undefined };
  if (total < 2 * minSamplesLeaf || total - most(counts) <= rounding * total) return leaf;
  const question = find(cases, total, asked);
  if (!question) return leaf;
  const { feature, cut } = question;
  const shares = branchShares(training, cases, question, cut < 0 ? training.values[feature]!.length : 2);
  // A path asks for a category once: the answer leaves nothing to ask.
  const below = cut < 0 ? new Set([...asked, feature]) : asked;
  const children = partition(training, cases, question, shares).map((part) =>
    growNode(training, part, minSamplesLeaf, find, below),
  );
  const grown = { counts, split: { feature, cut, children, shares } };
  return errorsOf(grown) >= total - most(counts) - rounding * total ? leaf : grown;
}

const rounding = 1e-9;

export const most = (counts: Float64Array): number => counts.reduce((a, b) => Math.max(a, b), 0);

/** Weight of the training rows that the leaves get wrong. */
const errorsOf = ({ counts, split }: Grown): number =>
  split ? split.children.reduce((sum, child) => sum + errorsOf(child), 0) : sumOf(counts) - most(counts);
