import { flag, integer, real, required, text } from "@athanor/core";
import { columnOf, sqlName, sqlText, textsOf } from "@athanor/data";
import { associationRules as findRules, type Rule, ruleInWords, transactionsFromPairs } from "@athanor/mining";
import { defineMiner } from "../miner/define-miner.ts";

const inTable = 30;
/** Before those about the same items are left out. */
const asFindings = 400;

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
    level: real(0, "leaves out rules that chance explains as often as this, all of them counted (0: none)", {
      min: 0,
      max: 1,
    }),
    withoutRedundant: flag(false, "leaves out rules that say no more than a shorter one"),
    entity: text("", "the type of the graph's entities whose keys are the items"),
  },
  reads: ({ from }) => [from],
  async mine({ name, options, table, signal, onProgress }) {
    const rows = await table(options.from);
    const { transaction, item, level, entity } = options;
    const [groups, items] = [transaction, item].map((column) => textsOf(columnOf(rows, column, `mine.${name}`)));
    const transactions = transactionsFromPairs(groups!, items!);
    const significance = level > 0 ? { level, correction: "holm" as const } : undefined;
    const rules = await findRules(transactions, {
      ...options,
      ...(significance && { significance }),
      signal,
      onProgress,
    });
    return {
      title: { en: `${name}: ${rules.length} association rules`, zh: `${name}：${rules.length} 条关联规则` },
      findings: rules.slice(0, asFindings).map((rule) => ({
        sentence: { en: ruleInWords(rule, "en"), zh: ruleInWords(rule, "zh") },
        about: [...rule.left, rule.right],
        strength: Math.max(0, 1 - 1 / rule.lift),
        ...(rule.pValue === undefined ? {} : { pValue: rule.pValue }),
        query: queryOf(rule, options),
        ...(entity && { entities: [...rule.left, rule.right].map((key) => ({ type: entity, key })) }),
      })),
      table: {
        columns: ["if", "then", "count", "support", "confidence", "lift"],
        rows: rules
          .slice(0, inTable)
          .map(({ left, right, count, support, confidence, lift }) => [
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

/** Counts the transactions with the left side, and with both. */
function queryOf(
  { left, right }: Rule,
  { from, transaction, item }: { from: string; transaction: string; item: string },
): string {
  const [group, column] = [sqlName(transaction), `CAST(${sqlName(item)} AS VARCHAR)`];
  const has = (label: string) => `bool_or(${column} = ${sqlText(label)})`;
  return `SELECT count(*) AS "left", count(*) FILTER (WHERE "has") AS "both" FROM (SELECT ${has(right)} AS "has" FROM ${sqlName(from)} GROUP BY ${group} HAVING ${left.map(has).join(" AND ")})`;
}
