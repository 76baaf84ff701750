import { flag, integer, integers, oneOf, real, required, sizeOf, type Tensor, text } from "@athanor/core";
import {
  type BatchSource,
  balanced,
  type FineTuned,
  type FitOptions,
  type Fitted,
  fineTune,
  fit,
  headOnly,
  klDivergence,
  lora,
  mixed,
  type PixelScale,
  parameterGroups,
  pixelInput,
  accuracy as shareRight,
  sliceRows,
  takeRows,
  toOnnx,
} from "@athanor/nn";
import { type GraphBuilder, type Value, writeModel } from "@athanor/onnx";
import { pictureFiles } from "../folder/picture-files.ts";
import { augmentationOptions, augmentationsOf, mixesOf } from "../task/augmentation-options.ts";
import { classEvaluation, classOutputs, outputClasses } from "../task/class-model.ts";
import { classesOf, classParts, partOptions } from "../task/class-parts.ts";
import { defineTask } from "../task/define-task.ts";
import { cardKey, type ModelCard } from "../task/model-card.ts";
import { pictureNetwork, pixelScales } from "../task/picture-networks.ts";
import { pictureSource } from "../task/picture-source.ts";
import { curvesOf, trainingOf, trainingOptions } from "../task/training-options.ts";

const options = {
  from: text(required, "the source of the pictures"),
  test: text(null, "a source of pictures held back for the evaluation; a share of them when null"),
  ...partOptions,
  ...trainingOptions,
  network: oneOf("smallConvNet", "what is trained from scratch", [
    "smallConvNet",
    "leNet",
    "smallResNet",
    "resNet18",
    "mobileNetV2",
  ]),
  widths: integers([], "maps of each stage of a small network; its own choice when empty", { min: 1 }),
  blocks: integers([], "blocks of each stage of smallResNet; its own choice when empty", { min: 0 }),
  base: text(null, "an ONNX file to tune instead: pretrained on pictures of the same size and channels"),
  trains: oneOf("all", "what of it is trained; lora adds low-rank changes, a few per cent of the weights", [
    "all",
    "head",
    "lora",
  ]),
  rank: integer(8, "rank of the changes of lora", { min: 1 }),
  headRate: real(1, "what the step size of the new last layer is multiplied by", { min: 0 }),
  pixels: oneOf("zeroToOne", "what the network expects of pixels", ["zeroToOne", "aroundZero", "imageNet"]),
  dropout: real(0.2, "share of features set to zero in training, where the network has such a layer", {
    min: 0,
    max: 0.9,
  }),
  balanced: flag(false, "show each class equally often"),
  mirrored: flag(false, "predict the mean for a picture and its mirror image"),
  metric: oneOf("accuracy", "the figure that decides between versions", ["accuracy", "f1"]),
  ...augmentationOptions,
};

/** Predicts the label of a picture with a convolutional network, trained from scratch or tuned from a pretrained one. */
export const classifyImages = defineTask({
  name: "image-classification",
  summary: "Predict the label of a picture",
  options,
  reads: ({ from, test }) => (test === null ? [from] : [from, test]),
  async train(context) {
    const { options: chosen, seed } = context;
    const set = await context.images(chosen.from);
    const [, channels, height, width] = set.pixels.shape as [number, number, number, number];
    const shape = { channels, height, width };
    const labels = classesOf(set.labels);
    const { train, validation } = classParts(set.labels, chosen, seed);
    await using learned = pictureSource(set, { rows: train, labels, augmentations: augmentationsOf(chosen, shape) });
    await using watched = pictureSource(set, { rows: validation, labels });
    const recipe = {
      ...(await trainingOf(chosen, context)),
      loss: klDivergence(),
      metrics: { accuracy: shareRight },
      ...(validation.length > 0 ? { validation: mixed(watched, { classes: labels.length }) } : {}),
      ...(chosen.balanced ? { sampler: balanced(train.map((row) => set.labels[row]!)) } : {}),
    };
    const data = mixed(learned, {
      classes: labels.length,
      mixes: mixesOf(chosen),
      probability: chosen.mixing,
      labelSmoothing: chosen.labelSmoothing,
    });
    const scale = pixelScales[chosen.pixels];
    const fitted: Fitted & Partial<FineTuned> =
      chosen.base === null
        ? await fit(pixelInput(pictureNetwork(chosen.network, labels.length, shape, chosen), scale), data, recipe)
        : await tuned(chosen.base, data, recipe, { ...chosen, classes: labels.length, scale });
    const card: ModelCard = {
      task: "image-classification",
      summary: `Predicts the label of a picture: ${labels.join(", ")}`,
      inputs: [{ name: "image", type: "image", help: "a path, or the file's bytes in base64" }],
      outputs: classOutputs,
      labels,
      headline: { metric: chosen.metric, better: "higher" },
      details: {
        shape: [channels, height, width],
        bestEpoch: fitted.bestEpoch,
        ...(fitted.trainable ? { trainable: { ...fitted.trainable } } : {}),
      },
    };
    const [input] = Object.keys(fitted.network.inputs);
    const model = toOnnx(fitted.network, fitted.weights, {
      metadata: { [cardKey]: JSON.stringify(card) },
      wrap(g, apply) {
        const image = g.input("image", "uint8", ["batch", channels, height, width]);
        const seen = (x: Value) => g.softmax(apply({ [input!]: x }));
        const probabilities = chosen.mirrored
          ? g.mul(g.add(seen(image), seen(mirrorImage(g, image))), 0.5)
          : seen(image);
        outputClasses(g, probabilities, labels);
      },
    });
    return { model: writeModel(model), card, candidates: [], curves: curvesOf(fitted.history) };
  },
  async evaluate({ options: chosen, seed, images, signal }, { session, card }) {
    const set = await images(chosen.test ?? chosen.from);
    const test = chosen.test === null ? classParts(set.labels, chosen, seed).test : set.labels.map((_, row) => row);
    const held = takeRows(set.pixels, test) as Tensor<"uint8">;
    const batch = Math.max(1, Math.min(64, Math.floor(2 ** 23 / sizeOf(held.shape.slice(1)))));
    const probabilities: number[] = [];
    for (let start = 0; start < test.length; start += batch) {
      const image = sliceRows(held, start, Math.min(test.length, start + batch));
      const outputs = await session.run({ image }, { signal });
      probabilities.push(...(outputs.probabilities!.data as Float32Array));
    }
    return classEvaluation(
      test.map((row) => set.labels[row]!),
      probabilities,
      card.labels!,
    );
  },
  files: pictureFiles,
});

/** Tunes a pretrained model, with a new last layer that may learn faster than the rest. */
function tuned(
  base: string,
  data: BatchSource,
  recipe: FitOptions,
  of: {
    readonly classes: number;
    readonly scale: PixelScale;
    readonly trains: "all" | "head" | "lora";
    readonly rank: number;
    readonly headRate: number;
    readonly dropout: number;
  },
): Promise<FineTuned> {
  return fineTune({
    ...recipe,
    optimizer: parameterGroups([{ names: "head.*", rate: of.headRate }], recipe.optimizer),
    base,
    data,
    pixels: of.scale,
    head: { classes: of.classes, dropout: of.dropout },
    ...(of.trains === "head" ? { method: headOnly() } : {}),
    ...(of.trains === "lora" ? { method: lora({ rank: of.rank, alpha: 2 * of.rank }) } : {}),
  });
}

/** Each line of pixels from right to left. */
function mirrorImage(g: GraphBuilder, image: Value): Value {
  const place = (value: number) => g.constant([value], "int64");
  return g.op("Slice", [image, place(-1), place(-(2 ** 31)), place(3), place(-1)]);
}
