import { integer, real, required, text } from "@athanor/core";
import { columnOf, textsOf } from "@athanor/data";
import { associationRules as findRules, ruleInWords, transactionsFromPairs } from "@athanor/mining";
import { defineMiner } from "../miner/define-miner.ts";

const inReport = 30;

/** What goes together: rows of a table are grouped into transactions, such as the books of a customer. */
export const associationRules = defineMiner({
  name: "association-rules",
  summary: "Items that go together more often than chance",
  options: {
    from: text(required, "the source of the rows"),
    transaction: text(required, "the column that groups rows"),
    item: text(required, "the column that names items"),
    minSupport: real(0.01, "share of the transactions, or a count from 1 up", { min: 0 }),
    minConfidence: real(0.3, "share of those with the left side that also have the right", { min: 0, max: 1 }),
    minLift: real(1.2, "how much more often than chance", { min: 0 }),
    maxLength: integer(3, "items of a rule at most", { min: 2 }),
  },
  reads: ({ from }) => [from],
  async mine({ name, options, table, signal, onProgress }) {
    const rows = await table(options.from);
    const [groups, items] = [options.transaction, options.item].map((column) =>
      textsOf(columnOf(rows, column, `mine.${name}`)),
    );
    const transactions = transactionsFromPairs(groups!, items!);
    const rules = await findRules(transactions, { ...options, signal, onProgress });
    const top = rules.slice(0, inReport);
    return {
      title: { en: `${name}: ${rules.length} association rules`, zh: `${name}：${rules.length} 条关联规则` },
      sentences: { en: top.map((rule) => ruleInWords(rule, "en")), zh: top.map((rule) => ruleInWords(rule, "zh")) },
      table: {
        columns: ["if", "then", "count", "support", "confidence", "lift"],
        rows: top.map(({ left, right, count, support, confidence, lift }) => [
          left.join(" + "),
          right,
          count,
          support,
          confidence,
          lift,
        ]),
      },
      data: { transactions: transactions.offsets.length - 1, rules: rules.slice(0, 1000) },
    };
  },
});
