import { applyModel, GraphBuilder, type Model, writeModel } from "@athanor/onnx";
import type { ModelCard } from "../task/model-card.ts";
import { describedLabels, json } from "./described-labels.ts";
import { logProbabilities } from "./log-probabilities.ts";

/**
 * A model of pictures as transformers.js opens it: `pixel_values` `[batch, channels, height, width]` from 0 to 1 in, `logits` out.
 * It resizes pictures by its own means, so that pixels may differ a little from those of `predict`.
 */
export function pictureFiles(card: ModelCard, model: Model): Record<string, string | Uint8Array> {
  const [channels, height, width] = card.details.shape as readonly [number, number, number];
  const g = new GraphBuilder();
  const pixels = g.input("pixel_values", "float32", ["batch", channels, height, width]);
  const image = g.cast(g.op("Round", [g.min(g.max(g.mul(pixels, 255), 0), 255)]), "uint8");
  g.output("logits", logProbabilities(g, applyModel(g, model, { image }).probabilities!));
  const size = { height, width };
  return {
    "config.json": describedLabels("resnet", "ResNetForImageClassification", card.labels!),
    "preprocessor_config.json": json({
      image_processor_type: "ViTImageProcessor",
      do_convert_rgb: channels === 3,
      do_convert_grayscale: channels === 1,
      do_resize: true,
      // A square is cut out of the middle, as `predict` does; transformers.js cuts no other shape to fit.
      size: height === width ? { shortest_edge: height } : size,
      do_center_crop: height === width,
      crop_size: size,
      resample: 2,
      do_rescale: true,
      rescale_factor: 1 / 255,
      do_normalize: false,
    }),
    "onnx/model.onnx": writeModel(g.build({ name: model.graph.name })),
  };
}
