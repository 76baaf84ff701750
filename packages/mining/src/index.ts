export { type IsolationForestOptions, isolationForest } from "./anomalies/isolation-forest.ts";
export { type LocalOutlierOptions, localOutlierFactor } from "./anomalies/local-outlier-factor.ts";
export { type RobustScores, robustZ } from "./anomalies/robust-z.ts";
export { associationRules, type Rule, type RuleOptions, ruleInWords } from "./association-rules.ts";
export { type Correction, corrected } from "./corrected.ts";
export { type DbscanOptions, type DenseClusters, dbscan } from "./density/dbscan.ts";
export { type HdbscanOptions, hdbscan, type StableClusters } from "./density/hdbscan.ts";
export { type FisherExact, fisherExact } from "./fisher-exact.ts";
export { type AgglomerateOptions, agglomerate } from "./hierarchy/agglomerate.ts";
export { cutDendrogram, type Dendrogram } from "./hierarchy/dendrogram.ts";
export { frequentItemsets, type ItemsetChoice, type ItemsetOptions } from "./itemsets/frequent-itemsets.ts";
export { eachItemset, type Itemset, type Itemsets } from "./itemsets/itemsets.ts";
export {
  type ChoiceOptions,
  type ClusterChoice,
  chooseClusters,
  type TriedClusters,
} from "./k-means/choose-clusters.ts";
export { type Clusters, type KMeansOptions, kMeans } from "./k-means/k-means.ts";
export { type MiniBatchOptions, miniBatchKMeans } from "./k-means/mini-batch-k-means.ts";
export { type GaussianMixture, type GaussianMixtureOptions, gaussianMixture } from "./mixture/gaussian-mixture.ts";
export type { Covariance, Gaussians } from "./mixture/gaussians.ts";
export type { Nearest } from "./nearest/k-d-tree.ts";
export { type NeighbourOptions, nearestNeighbours } from "./nearest/nearest-neighbours.ts";
export type { Points } from "./points.ts";
export { type SequenceOptions, type SequentialPattern, sequentialPatterns } from "./sequences/sequential-patterns.ts";
export { type Arima, type ArimaOptions, type ArimaOrder, arima } from "./series/arima.ts";
export { type ChangePointOptions, type ChangePoints, changePoints } from "./series/change-points.ts";
export { type DecomposeOptions, type Decomposition, decompose } from "./series/decompose.ts";
export { exponentialSmoothing, type Smoothed, type SmoothingOptions } from "./series/exponential-smoothing.ts";
export { differencesToLevel, kpss } from "./series/kpss.ts";
export { mannKendall, type Trend, twoSided } from "./series/mann-kendall.ts";
export { seasonScore, shuffledTest, stepScore } from "./series/shuffled-test.ts";
export type { SmoothingForm, SmoothingRates, SmoothingState } from "./series/smoothing-states.ts";
export { silhouette } from "./silhouette.ts";
export { standardise } from "./standardise.ts";
export { countOf, type Transactions, transactionsFrom, transactionsFromPairs } from "./transactions.ts";
