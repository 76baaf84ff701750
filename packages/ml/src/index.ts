export { bestLabels, type Classifier, type ClassifierEstimator, defineClassifier } from "./define-classifier.ts";
export { defineRegressor, type Regressor, type RegressorEstimator } from "./define-regressor.ts";
export { defineTransformer, type Transformer, type TransformerEstimator } from "./define-transformer.ts";
export * from "./estimators/index.ts";
export { type Matrix, matrixFrom, takeSamples } from "./matrix.ts";
export * from "./metrics/index.ts";
export { type PipelineState, pipeline } from "./pipeline.ts";
export * from "./preprocessing/index.ts";
export { kFold, type Split, stratifiedKFold, trainTestSplit } from "./selection.ts";
export { deserialize, serialize } from "./serialize.ts";
export {
  type EncodedColumn,
  encoderToOnnx,
  encodeTable,
  featureNames,
  fitTableEncoder,
  type TableEncoder,
} from "./table-encoder.ts";
