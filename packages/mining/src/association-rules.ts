import { frequentItemsets, type ItemsetOptions } from "./itemsets/frequent-itemsets.ts";
import { eachItemset, type Itemset } from "./itemsets/itemsets.ts";
import { countOf, type Transactions } from "./transactions.ts";

/** What counts as a rule. */
export interface RuleOptions extends ItemsetOptions {
  /** Share of the transactions with the left side that also have the right, at least. */
  readonly minConfidence: number;
  readonly minLift?: number;
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
}

/**
 * Rules with one item on the right, strongest first: by lift, then support, then their items.
 *
 * @throws `mining/support`
 */
export async function associationRules(transactions: Transactions, options: RuleOptions): Promise<readonly Rule[]> {
  return rulesFrom([...eachItemset(await frequentItemsets(transactions, options))], transactions, options);
}

function rulesFrom(
  itemsets: readonly Itemset[],
  transactions: Transactions,
  { minConfidence, minLift = 0 }: RuleOptions,
): readonly Rule[] {
  const total = countOf(transactions);
  const counts = new Map(itemsets.map(({ items, count }) => [items.join(","), count]));
  const rules: Rule[] = [];
  for (const { items, count } of itemsets) {
    if (items.length < 2) continue;
    for (const right of items) {
      const left = items.filter((item) => item !== right);
      const confidence = count / counts.get(left.join(","))!;
      const share = counts.get(String(right))! / total;
      const lift = confidence / share;
      if (confidence < minConfidence - 1e-12 || lift < minLift) continue;
      const support = count / total;
      rules.push({
        left: left.map((item) => transactions.labels[item]!),
        right: transactions.labels[right]!,
        count,
        support,
        confidence,
        lift,
        leverage: support - (support / confidence) * share,
        conviction: confidence === 1 ? Number.POSITIVE_INFINITY : (1 - share) / (1 - confidence),
      });
    }
  }
  const key = ({ left, right }: Rule) => `${left.toSorted().join("\u0000")}\u0001${right}`;
  return rules.sort((a, b) => b.lift - a.lift || b.support - a.support || (key(a) < key(b) ? -1 : 1));
}

/** A rule as one plain sentence. */
export function ruleInWords({ left, right, confidence, lift, count }: Rule, language: "en" | "zh"): string {
  const percent = `${Math.round(100 * confidence)} %`;
  if (language === "zh")
    return `有${left.map((item) => `「${item}」`).join("和")}的，${percent}也有「${right}」，是平均的 ${lift.toFixed(1)} 倍（${count} 次）。`;
  return `Of those with ${left.map((item) => `“${item}”`).join(" and ")}, ${percent} also have “${right}”: ${lift.toFixed(1)} times the average (${count} times).`;
}
