import { AthanorError, type LongWork } from "@athanor/core";
import { countOf, type Transactions } from "../transactions.ts";
import { AllSink } from "./all-sink.ts";
import { ClosedSink } from "./closed-sink.ts";
import { growRows } from "./grow-rows.ts";
import { type Itemsets, itemsetsOf } from "./itemsets.ts";
import { maximalOf } from "./maximal-of.ts";
import { recode } from "./recode.ts";
import { Search } from "./search.ts";

/** What counts as frequent. */
export interface ItemsetOptions extends LongWork {
  /** Share of the transactions when below 1, a count otherwise. */
  readonly minSupport: number;
  /** Items in a set at most. */
  readonly maxLength?: number;
}

/** Which of the frequent sets are wanted. */
export interface ItemsetChoice {
  /**
   * `closed`: those that lose support with any further item, from which the support of every other follows;
   * `maximal`: those that any further item makes infrequent. Both look at supersets of any length.
   */
  readonly keep?: "all" | "closed" | "maximal";
}

/**
 * The itemsets with at least the wanted support; counts are exact.
 *
 * Depth first as in FP-growth, over rows that shrink with every item: lists of items while more than 31 are left, then
 * one machine word a row with equal rows merged, and at last a table of all subsets. An item that all rows share is
 * never branched on.
 *
 * @throws `mining/support` when the support is not above 0
 * @throws `mining/too-many` when there are more sets than memory holds
 * @see Han, Pei and Yin 2000, "Mining frequent patterns without candidate generation"
 * @see Uno, Kiyomi and Arimura 2004, "LCM ver. 2: efficient mining algorithms for frequent/closed/maximal itemsets"
 */
export async function frequentItemsets(
  transactions: Transactions,
  {
    minSupport,
    maxLength = Number.POSITIVE_INFINITY,
    keep = "all",
    signal,
    onProgress,
  }: ItemsetOptions & ItemsetChoice,
): Promise<Itemsets> {
  if (!(minSupport > 0)) {
    throw new AthanorError("mining/support", `frequentItemsets: expected minSupport above 0, got ${minSupport}`, {
      fix: "Give a share such as 0.01, or a count of at least 1.",
      details: { minSupport },
    });
  }
  const least = Math.max(1, Math.ceil((minSupport < 1 ? minSupport * countOf(transactions) : minSupport) - 1e-9));
  if (keep === "all") {
    const sink = new AllSink(maxLength);
    await growRows(recode(transactions, least), new Search({ least, sink, maxLength, signal, onProgress }));
    return sink.found;
  }
  const sink = new ClosedSink();
  await growRows(recode(transactions, least), new Search({ least, sink, signal, onProgress }));
  const found = keep === "closed" ? sink.found : maximalOf(sink.found);
  return itemsetsOf(found.filter(({ items }) => items.length <= maxLength));
}
