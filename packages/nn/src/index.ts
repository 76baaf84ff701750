export { bottleneck } from "./adapters/bottleneck.ts";
export { ia3 } from "./adapters/ia3.ts";
export { lora } from "./adapters/lora.ts";
export { mergeAdapters, unmergeAdapters } from "./adapters/merge-adapters.ts";
export type { Adapted, Method } from "./adapters/method.ts";
export { biasOnly, full, headOnly, normOnly } from "./adapters/partial.ts";
export { type PlacedAdapter, placedAdapters } from "./adapters/placed-adapters.ts";
export type { Apply } from "./apply-layer.ts";
export { batchNormTraining, type NormalizedBatch } from "./batch-norm-training.ts";
export { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
export { clipValues } from "./clip-values.ts";
export { type Composition, type CompositionOptions, compose } from "./compose.ts";
export { defineLayer, defineLayer, type Extras, type Layer, type Layer } from "./define-layer.ts";
export {
  buildEvaluation,
  buildEvaluation,
  type ExportOptions,
  type ExportOptions,
  networkInputs,
  toOnnx,
  toOnnx,
} from "./evaluation-graph.ts";
export { type FineTuned, type FineTuneOptions, fineTune } from "./fine-tune/fine-tune.ts";
export { type PretrainedOptions, pretrained } from "./fine-tune/pretrained.ts";
export type { TrainableShare } from "./fine-tune/trainable-share.ts";
export { type Head, withHead } from "./fine-tune/with-head.ts";
export { type EpochReport, type FitOptions, type Fitted, fit, type Metric, type Rows, type StepReport } from "./fit.ts";
export { type FloatTensors, initialize } from "./initialize.ts";
export { type LayerComposition, layerOf, residual, stack } from "./layer-of.ts";
export { type LayerWiseDecayOptions, layerWiseDecay } from "./layer-wise-decay.ts";
export * from "./layers/index.ts";
export type { Loss } from "./loss.ts";
export * from "./losses/index.ts";
export { accuracy, rootMeanSquaredError } from "./metrics.ts";
export { type BiLstmCrfOptions, biLstmCrf } from "./models/bi-lstm-crf.ts";
export { type GptOptions, gpt } from "./models/gpt.ts";
export { leNet } from "./models/le-net.ts";
export { matrixFactorization } from "./models/matrix-factorization.ts";
export { mlp } from "./models/mlp.ts";
export { type MobileNetV2Options, mobileNetV2 } from "./models/mobile-net-v2.ts";
export { type ResNetOptions, resNet, resNet18, resNet34, resNet50 } from "./models/res-net.ts";
export { smallConvNet } from "./models/small-conv-net.ts";
export { type TextCnnOptions, textCnn } from "./models/text-cnn.ts";
export { type UNetOptions, uNet } from "./models/u-net.ts";
export { matches, type NamePattern } from "./name-pattern.ts";
export type { BuildContext, Init, InputSpec, Network, ParameterSpec } from "./network.ts";
export * from "./optimizers/index.ts";
export type { Outputs, TensorsOf } from "./outputs.ts";
export { type ParameterGroup, parameterGroups } from "./parameter-groups.ts";
export { sliceRows, takeRows } from "./rows.ts";
export type { Schedule } from "./schedule.ts";
export * from "./schedules/index.ts";
export { sequential } from "./sequential.ts";
export { viterbi } from "./viterbi.ts";
export { weightAverage } from "./weight-average.ts";
