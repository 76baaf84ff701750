export { bestLabels, type Classifier, type ClassifierEstimator, defineClassifier } from "./define-classifier.ts";
export { defineRegressor, type Regressor, type RegressorEstimator } from "./define-regressor.ts";
export { defineTransformer, type Transformer, type TransformerEstimator } from "./define-transformer.ts";
export * from "./estimators/index.ts";
export { type Matrix, matrixFrom, takeSamples } from "./matrix.ts";
export * from "./metrics/index.ts";
export { type PipelineState, pipeline } from "./pipeline.ts";
export * from "./preprocessing/index.ts";
export { deserialize, serialize } from "./serialize.ts";
export { groupKFold } from "./splits/group-k-fold.ts";
export { kFold, leaveOneOut, repeatedKFold } from "./splits/k-fold.ts";
export type { Split } from "./splits/split.ts";
export { stratifiedGroupKFold } from "./splits/stratified-group-k-fold.ts";
export { stratifiedKFold } from "./splits/stratified-k-fold.ts";
export { timeSeriesSplit } from "./splits/time-series-split.ts";
export { shuffleSplit, trainTestSplit } from "./splits/train-test-split.ts";
export {
  type EncodedColumn,
  encoderToOnnx,
  encodeTable,
  featureNames,
  fitTableEncoder,
  type TableEncoder,
} from "./table-encoder.ts";
