import { AthanorError } from "@athanor/core";
import { type Correction, corrected } from "./corrected.ts";
import { fisherExact } from "./fisher-exact.ts";
import { frequentItemsets, type ItemsetOptions } from "./itemsets/frequent-itemsets.ts";
import { SupportIndex } from "./support-index.ts";
import { countOf, type Transactions } from "./transactions.ts";

/** What counts as a rule. */
export interface RuleOptions extends ItemsetOptions {
  /** Share of the transactions with the left side that also have the right, at least. */
  readonly minConfidence: number;
  readonly minLift?: number;
  /** Leaves out a rule when some of its left side, or nothing, already gives the right side with as much confidence. */
  readonly withoutRedundant?: boolean;
  /** Leaves out what chance may explain: Fisher's exact test, corrected for all the rules that are frequent enough. */
  readonly significance?: { readonly level: number; readonly correction: Correction };
}

/** Who has the left side also has the right side. */
export interface Rule {
  readonly left: readonly string[];
  readonly right: string;
  /** Transactions with both sides. */
  readonly count: number;
  /** Share of all transactions with both sides. */
  readonly support: number;
  /** Share of those with the left side that also have the right. */
  readonly confidence: number;
  /** Confidence over what chance alone would give. */
  readonly lift: number;
  /** Support beyond what chance alone would give. */
  readonly leverage: number;
  /** How much more often the rule would fail if both sides were independent. */
  readonly conviction: number;
  /** Mean of the confidence in both directions, which transactions with neither side do not change. */
  readonly kulczynski: number;
  /** Corrected probability of so many joint transactions or more by chance, where `significance` was asked for. */
  readonly pValue?: number;
}

interface Candidate {
  readonly left: readonly number[];
  readonly right: number;
  readonly count: number;
  pValue?: number;
}

/**
 * Rules with one item on the right, strongest first: by lift, then support, then their items.
 *
 * @throws `mining/support`, `mining/confidence`
 * @see Agrawal, Imieliński and Swami 1993, "Mining association rules between sets of items in large databases"
 * @see Bayardo, Agrawal and Gunopulos 2000, "Constraint-based rule mining in large, dense databases"
 */
export async function associationRules(transactions: Transactions, options: RuleOptions): Promise<readonly Rule[]> {
  const { minConfidence, minLift = 0, withoutRedundant = false, significance } = options;
  if (!(minConfidence >= 0 && minConfidence <= 1)) {
    throw new AthanorError(
      "mining/confidence",
      `associationRules: expected minConfidence from 0 to 1, got ${minConfidence}`,
      { fix: "Give a share such as 0.5.", details: { minConfidence } },
    );
  }
  const total = countOf(transactions);
  const supports = new SupportIndex(await frequentItemsets(transactions, options), total);
  let candidates = [...candidatesOf(supports)];
  if (significance) {
    const test = fisherExact(total);
    const pValues = Float64Array.from(candidates, ({ left, right, count }) =>
      test.atLeast(count, supports.of(left), supports.of([right])),
    );
    for (const [i, pValue] of corrected(pValues, significance.correction).entries()) candidates[i]!.pValue = pValue;
    candidates = candidates.filter(({ pValue }) => pValue! <= significance.level);
  }
  const rules: Rule[] = [];
  for (const candidate of candidates) {
    const rule = measured(candidate, supports, transactions.labels);
    if (rule.confidence < minConfidence - 1e-12 || rule.lift < minLift) continue;
    if (withoutRedundant && supports.bestConfidence(candidate.left, candidate.right) >= rule.confidence) continue;
    rules.push(rule);
  }
  const key = ({ left, right }: Rule) => `${left.toSorted().join("\u0000")}\u0001${right}`;
  return rules.sort((a, b) => b.lift - a.lift || b.support - a.support || (key(a) < key(b) ? -1 : 1));
}

function* candidatesOf(supports: SupportIndex): Generator<Candidate> {
  for (const { items, count } of supports.itemsets()) {
    if (items.length < 2) continue;
    for (const right of items) yield { left: items.filter((item) => item !== right), right, count };
  }
}

function measured({ left, right, count, pValue }: Candidate, supports: SupportIndex, labels: readonly string[]): Rule {
  const support = count / supports.total;
  const confidence = count / supports.of(left);
  const rightCount = supports.of([right]);
  const share = rightCount / supports.total;
  return {
    left: left.map((item) => labels[item]!),
    right: labels[right]!,
    count,
    support,
    confidence,
    lift: confidence / share,
    leverage: support - (support / confidence) * share,
    conviction: confidence === 1 ? Number.POSITIVE_INFINITY : (1 - share) / (1 - confidence),
    kulczynski: (confidence + count / rightCount) / 2,
    ...(pValue === undefined ? {} : { pValue }),
  };
}

/** A rule as one plain sentence. */
export function ruleInWords({ left, right, confidence, lift, count }: Rule, language: "en" | "zh"): string {
  const percent = `${Math.round(100 * confidence)} %`;
  if (language === "zh")
    return `有${left.map((item) => `「${item}」`).join("和")}的，${percent}也有「${right}」，是平均的 ${lift.toFixed(1)} 倍（${count} 次）。`;
  return `Of those with ${left.map((item) => `“${item}”`).join(" and ")}, ${percent} also have “${right}”: ${lift.toFixed(1)} times the average (${count} times).`;
}
