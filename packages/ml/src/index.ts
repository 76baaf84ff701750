export { type Condition, c45Rules, type Rule, type RuleNames, rulesText } from "./c45/c45-rules.ts";
export { calibrateFitted } from "./calibration/calibrate-fitted.ts";
export {
  bestLabels,
  type Classifier,
  type ClassifierEstimator,
  defineClassifier,
  labelToOnnx,
} from "./define-classifier.ts";
export { defineRegressor, type Regressor, type RegressorEstimator } from "./define-regressor.ts";
export { defineTransformer, type Transformer, type TransformerEstimator } from "./define-transformer.ts";
export * from "./estimators/index.ts";
export { type Fairness, fairness, type GroupRates } from "./explain/fairness.ts";
export { type DependencePoint, partialDependence } from "./explain/partial-dependence.ts";
export { type PermutationImportance, permutationImportance } from "./explain/permutation-importance.ts";
export { type ShapValues, treeShap } from "./explain/tree-shap.ts";
export { type Matrix, matrixFrom, takeSamples } from "./matrix.ts";
export * from "./metrics/index.ts";
export { type PipelineState, pipeline } from "./pipeline.ts";
export { calibrationPlot, precisionRecallPlot, rocPlot, scoreCurvePlot } from "./plots/curve-plots.ts";
export { type LinePlot, linePlot, type PlotLine } from "./plots/line-plot.ts";
export * from "./preprocessing/index.ts";
export { type Recipe, recipeOf } from "./recipe-step.ts";
export { type Labelled, overSample, smote, underSample } from "./resample.ts";
export { type Blend, blend } from "./search/blend.ts";
export { type Calibration, calibrated, calibrationToOnnx, fitCalibration } from "./search/calibration.ts";
export {
  crossValidate,
  crossValPredict,
  type FoldScores,
  type Validation,
  type ValidationOptions,
} from "./search/cross-validate.ts";
export { type CurvePoint, learningCurve, validationCurve } from "./search/curves.ts";
export { type HalvingOptions, type HalvingResult, halvingSearch } from "./search/halving-search.ts";
export { fileJournal, type Journal } from "./search/journal.ts";
export { mixtureWeights } from "./search/mixture.ts";
export { gridSearch, randomSearch } from "./search/random-search.ts";
export { type Estimator, estimatorOf } from "./search/recipe.ts";
export type { SearchOptions, SearchResult, Trial } from "./search/run-trials.ts";
export { type Scorer, scorerNamed, scorers } from "./search/scorer.ts";
export { candidateAt, keep, type SearchSpace, type Settings, type SpaceStep, step } from "./search/search-space.ts";
export { tpeSearch } from "./search/tpe-search.ts";
export { deserialize, serialize } from "./serialize.ts";
export { groupKFold } from "./splits/group-k-fold.ts";
export { kFold, leaveOneOut, repeatedKFold } from "./splits/k-fold.ts";
export type { Split } from "./splits/split.ts";
export { stratifiedGroupKFold } from "./splits/stratified-group-k-fold.ts";
export { stratifiedKFold } from "./splits/stratified-k-fold.ts";
export { timeSeriesSplit } from "./splits/time-series-split.ts";
export { shuffleSplit, trainTestSplit } from "./splits/train-test-split.ts";
export { bootstrapInterval, type Interval } from "./statistics/bootstrap-interval.ts";
export { mcNemarTest, type PairedTest, pairedTTest, wilcoxonTest } from "./statistics/paired-tests.ts";
export {
  categoricalFeatures,
  type EncodedColumn,
  encoderToOnnx,
  encodeTable,
  featureNames,
  fitTableEncoder,
  type TableEncoder,
} from "./table-encoder.ts";
export { type HashingVectorizer, hashingVectorizer } from "./text/hashing-vectorizer.ts";
export { type TextVectorizer, textVectorizer, type VectorizerState } from "./text/text-vectorizer.ts";
