import { integer, integers, oneOf, real, required, text } from "@athanor/core";
import {
  fit,
  klDivergence,
  mixed,
  accuracy as shareRight,
  sliceRows,
  soundConvNet,
  takeRows,
  toOnnx,
} from "@athanor/nn";
import { writeModel } from "@athanor/onnx";
import { soundFiles } from "../folder/sound-files.ts";
import { classEvaluation, classOutputs, outputClasses } from "../task/class-model.ts";
import { classesOf, classParts, partOptions } from "../task/class-parts.ts";
import { defineTask } from "../task/define-task.ts";
import { cardKey, type ModelCard } from "../task/model-card.ts";
import { soundChanges, soundSource } from "../task/sound-source.ts";
import { curvesOf, trainingOf, trainingOptions } from "../task/training-options.ts";

const options = {
  from: text(required, "the source of the sounds"),
  test: text(null, "a source of sounds held back for the evaluation; a share of them when null"),
  ...partOptions,
  ...trainingOptions,
  features: oneOf("mel", "what the network hears: energies in mel bands, or their cosine coefficients", [
    "mel",
    "mfcc",
  ]),
  bands: integer(40, "mel bands", { min: 4 }),
  coefficients: integer(20, "cosine coefficients of mfcc", { min: 2 }),
  windowMs: real(25, "length of a frame in milliseconds", { min: 1 }),
  stepMs: real(10, "time from frame to frame in milliseconds", { min: 0.5 }),
  widths: integers([24, 48, 96], "maps of each stage", { min: 1 }),
  dropout: real(0.3, "share of features set to zero in training", { min: 0, max: 0.9 }),
  labelSmoothing: real(0, "share of each label that is spread over all classes", { min: 0, max: 0.9 }),
  ...soundChanges,
};

/** Predicts the label of a sound with a convolutional network over its spectrogram, which the model computes itself. */
export const classifySounds = defineTask({
  name: "audio-classification",
  summary: "Predict the label of a sound",
  options,
  reads: ({ from, test }) => (test === null ? [from] : [from, test]),
  async train(context) {
    const { options: chosen, seed } = context;
    const set = await context.sounds!(chosen.from);
    const labels = classesOf(set.labels);
    const { train, validation } = classParts(set.labels, chosen, seed);
    const [length, { rate }] = [set.samples.shape[1]!, set];
    const network = soundConvNet({
      classes: labels.length,
      samples: length,
      spectrogram: {
        rate,
        window: Math.round((rate * chosen.windowMs) / 1000),
        step: Math.round((rate * chosen.stepMs) / 1000),
        bands: chosen.bands,
      },
      coefficients: chosen.features === "mfcc" ? chosen.coefficients : 0,
      widths: chosen.widths,
      dropoutRate: chosen.dropout,
    });
    const shares = { classes: labels.length };
    const watched = soundSource(set, validation, labels);
    const fitted = await fit(
      network,
      mixed(soundSource(set, train, labels, chosen), { ...shares, labelSmoothing: chosen.labelSmoothing }),
      {
        ...(await trainingOf(chosen, context)),
        loss: klDivergence(),
        metrics: { accuracy: shareRight },
        ...(validation.length > 0 ? { validation: mixed(watched, shares) } : {}),
      },
    );
    const card: ModelCard = {
      task: "audio-classification",
      summary: `Predicts the label of a sound: ${labels.join(", ")}`,
      inputs: [{ name: "sound", type: "sound", rate, length, help: "a path to a WAV file, or its bytes in base64" }],
      outputs: classOutputs,
      labels,
      headline: { metric: "accuracy", better: "higher" },
      details: { rate, length, bestEpoch: fitted.bestEpoch },
    };
    const model = toOnnx(network, fitted.weights, {
      metadata: { [cardKey]: JSON.stringify(card) },
      wrap: (g, apply) =>
        outputClasses(g, g.softmax(apply({ x: g.input("sound", "float32", ["batch", length]) })), labels),
    });
    return { model: writeModel(model), card, candidates: [], curves: curvesOf(fitted.history) };
  },
  async evaluate({ options: chosen, seed, sounds, signal }, { session, card }) {
    const set = await sounds!(chosen.test ?? chosen.from);
    const test = chosen.test === null ? classParts(set.labels, chosen, seed).test : set.labels.map((_, row) => row);
    const held = takeRows(set.samples, test);
    const probabilities: number[] = [];
    for (let start = 0; start < test.length; start += 64) {
      const sound = sliceRows(held, start, Math.min(test.length, start + 64));
      const outputs = await session.run({ sound }, { signal });
      probabilities.push(...(outputs.probabilities!.data as Float32Array));
    }
    return classEvaluation(
      test.map((row) => set.labels[row]!),
      probabilities,
      card.labels!,
    );
  },
  files: soundFiles,
});
