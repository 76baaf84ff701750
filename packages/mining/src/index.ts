export { associationRules, type Rule, type RuleOptions, ruleInWords } from "./association-rules.ts";
export { frequentItemsets, type ItemsetChoice, type ItemsetOptions } from "./itemsets/frequent-itemsets.ts";
export { eachItemset, type Itemset, type Itemsets } from "./itemsets/itemsets.ts";
export { type Clusters, type KMeansOptions, kMeans, type Points, silhouette, standardise } from "./k-means.ts";
export { countOf, type Transactions, transactionsFrom, transactionsFromPairs } from "./transactions.ts";
