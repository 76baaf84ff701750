import { CaseOrder } from "./case-order.ts";
import { type Cases, placeBelow, type Question, sumOf, type Training } from "./training.ts";

interface Candidate extends Question {
  /** Bits about the class. */
  readonly gain: number;
  /** Bits that the branches have themselves, a missing answer counting as one more branch. */
  readonly spread: number;
}

export interface QuestionLimits {
  readonly minSamplesLeaf: number;
  readonly penalty: boolean;
}

/** Below this a gain is rounding. */
const least = 1e-10;
/** Categories for each row of the whole training set from which there are very many. */
const manyCategories = 0.3;
/** Each side of a cut keeps this share of a class's fair share of the rows, and is never asked for more than `mostPerSide`. */
const shareOfSide = 0.1;
const mostPerSide = 25;

export type FindQuestion = (cases: Cases, total: number, asked: ReadonlySet<number>) => Question | undefined;

/**
 * Finds the question of the best gain ratio among those that gain no less than the average one.
 *
 * Features of very many categories are left out of the average, as they would raise it beyond the others' reach.
 */
export function questionFinder(training: Training, { minSamplesLeaf, penalty }: QuestionLimits): FindQuestion {
  const { samples, y, classes, values, places, isCategorical } = training;
  const order = new CaseOrder(training);
  const { weightOf } = order;
  // Most weights are whole numbers: w log₂ w of those need not be computed each time.
  const logs = Float64Array.from({ length: samples + 1 }, (_, w) => (w > 0 ? w * Math.log2(w) : 0));
  const logOf = (weight: number): number => {
    const whole = weight | 0;
    if (whole === weight && whole < logs.length) return logs[whole]!;
    return weight > 0 ? weight * Math.log2(weight) : 0;
  };
  const logSum = (weights: Float64Array): number => {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += logOf(weights[k]!);
    return sum;
  };

  return (cases, total, asked) => {
    order.open(cases);
    const candidates = places.flatMap((_, feature): Candidate[] => {
      if (asked.has(feature) || values[feature]!.length < 2) return [];
      const found = isCategorical[feature] ? byCategory(cases, total, feature) : byCut(total, feature);
      return found && found.gain > least ? [found] : [];
    });
    order.close(cases);
    const few = candidates.filter(
      ({ feature, cut }) => cut >= 0 || values[feature]!.length < manyCategories * training.samples,
    );
    const averaged = few.length > 0 ? few : candidates;
    const average = averaged.reduce((sum, { gain }) => sum + gain, 0) / averaged.length;
    let best: Candidate | undefined;
    for (const each of candidates) {
      if (each.gain < average - least || each.spread <= least) continue;
      if (!best || each.gain / each.spread > best.gain / best.spread + least) best = each;
    }
    return best;
  };

  function byCategory({ rows, weights }: Cases, total: number, feature: number): Candidate | undefined {
    const own = places[feature]!;
    const branches = new Float64Array(values[feature]!.length);
    const cells = new Float64Array(branches.length * classes);
    const known = new Float64Array(classes);
    for (let i = 0; i < rows.length; i++) {
      const [place, label, weight] = [own[rows[i]!]!, y[rows[i]!]!, weights[i]!];
      if (place < 0) continue;
      branches[place]! += weight;
      cells[place * classes + label]! += weight;
      known[label]! += weight;
    }
    if (branches.filter((weight) => weight >= minSamplesLeaf).length < 2) return undefined;
    const weight = sumOf(known);
    const inBranches = logSum(branches);
    return {
      feature,
      cut: -1,
      // Entropy of the known less that within branches, times the share of the known.
      gain: (logOf(weight) - logSum(known) - inBranches + logSum(cells)) / total,
      spread: (logOf(total) - inBranches - logOf(total - weight)) / total,
    };
  }

  function byCut(total: number, feature: number): Candidate | undefined {
    const own = places[feature]!;
    const sorted = order.by(feature);
    const right = new Float64Array(classes);
    for (const row of sorted) right[y[row]!]! += weightOf[row]!;
    const known = sumOf(right);
    const side = Math.max(minSamplesLeaf, Math.min(mostPerSide, (shareOfSide * known) / classes));
    const base = logOf(known) - logSum(right);
    const left = new Float64Array(classes);
    // Σ w log₂ w of both sides follows the one class that changes with each row.
    let [lefts, rights] = [0, logSum(right)];
    let [tries, gain, weightLeft, low, high, below] = [0, 0, 0, -1, -1, 0];
    for (let i = 0; i + 1 < sorted.length; i++) {
      const row = sorted[i]!;
      const [label, weight] = [y[row]!, weightOf[row]!];
      const [before, rest] = [left[label]!, right[label]!];
      left[label] = before + weight;
      right[label] = rest - weight;
      lefts += logOf(before + weight) - logOf(before);
      rights += logOf(rest - weight) - logOf(rest);
      weightLeft += weight;
      if (weightLeft < side - least) continue;
      if (weightLeft > known - side + least) break;
      const [place, next] = [own[row]!, own[sorted[i + 1]!]!];
      if (place === next) continue;
      tries++;
      const within = logOf(weightLeft) - lefts + logOf(known - weightLeft) - rights;
      if ((base - within) / total <= gain + least) continue;
      gain = (base - within) / total;
      [low, high, below] = [place, next, weightLeft];
    }
    if (low < 0) return undefined;
    const middle = (values[feature]![low]! + values[feature]![high]!) / 2;
    return {
      feature,
      // A cut is a value of the training set, the largest up to the middle between neighbours.
      cut: placeBelow(values[feature]!, middle),
      gain: gain - (penalty ? Math.log2(tries) / total : 0),
      spread: (logOf(total) - logOf(below) - logOf(known - below) - logOf(total - known)) / total,
    };
  }
}
