export { associationRules, type Rule, type RuleOptions, ruleInWords } from "./association-rules.ts";
export { frequentItemsets, type Itemset, type ItemsetOptions } from "./frequent-itemsets.ts";
export { type Clusters, type KMeansOptions, kMeans, type Points, silhouette, standardise } from "./k-means.ts";
export { countOf, type Transactions, transactionsFrom, transactionsFromPairs } from "./transactions.ts";
