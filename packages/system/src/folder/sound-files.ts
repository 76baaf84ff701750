import { applyModel, GraphBuilder, type Model, writeModel } from "@athanor/onnx";
import type { ModelCard } from "../task/model-card.ts";
import { describedLabels, json } from "./described-labels.ts";
import { logProbabilities } from "./log-probabilities.ts";

/**
 * A model of sounds as transformers.js opens it: `input_values` `[batch, samples]` of any length in, which end in silence or are cut
 * as `predict` does, and `logits` out.
 */
export function soundFiles(card: ModelCard, model: Model): Record<string, string | Uint8Array> {
  const { rate, length } = card.details as { readonly rate: number; readonly length: number };
  const g = new GraphBuilder();
  const samples = g.input("input_values", "float32", ["batch", "samples"]);
  const place = (...values: number[]) => g.constant(values, "int64");
  const longer = g.op("Pad", [samples, place(0, length), undefined, place(1)]);
  const sound = g.op("Slice", [longer, place(0), place(length), place(1)]);
  g.output("logits", logProbabilities(g, applyModel(g, model, { sound }).probabilities!));
  return {
    "config.json": describedLabels("wav2vec2", "Wav2Vec2ForSequenceClassification", card.labels!),
    "preprocessor_config.json": json({
      feature_extractor_type: "Wav2Vec2FeatureExtractor",
      feature_size: 1,
      sampling_rate: rate,
      padding_value: 0,
      do_normalize: false,
      return_attention_mask: false,
    }),
    "onnx/model.onnx": writeModel(g.build({ name: model.graph.name })),
  };
}
