import { integer, Random, real, required, Tensor, text } from "@athanor/core";
import { accuracy, bestLabels, classificationReport, confusionMatrix, trainTestSplit } from "@athanor/ml";
import {
  adamW,
  cosine,
  crossEntropy,
  fit,
  type Rows,
  accuracy as scoreAccuracy,
  sliceRows,
  smallConvNet,
  takeRows,
  toOnnx,
} from "@athanor/nn";
import { writeModel } from "@athanor/onnx";
import { defineTask } from "../task/define-task.ts";
import type { ImageSet } from "../task/image-set.ts";
import { logSteps } from "../task/log-steps.ts";
import { cardKey, type ModelCard } from "../task/model-card.ts";

const options = {
  from: text(required, "the source of the pictures"),
  epochs: integer(25, "passes over the pictures", { min: 1, max: 1000 }),
  batchSize: integer(32, "pictures of a step", { min: 1 }),
  learningRate: real(0.003, "step size", { min: 0, scale: "log" }),
  testShare: real(0.2, "share of the pictures held back", { min: 0.01, max: 0.9 }),
};

/** Predicts the label of a picture with a convolutional network that is trained from scratch. */
export const classifyImages = defineTask({
  name: "image-classification",
  summary: "Predict the label of a picture",
  options,
  reads: ({ from }) => [from],
  async train({ options: chosen, seed, images, log, checkpoint, cache, signal, onProgress }) {
    const set = await images(chosen.from);
    const labels = [...new Set(set.labels)].sort();
    const [, channels, height, width] = set.pixels.shape as [number, number, number, number];
    const { train } = trainTestSplit(set.labels.length, chosen.testShare, seed, set.labels);
    const order = Random.from(seed).split("validation").permutation(train.length);
    const held = Math.max(1, Math.round(0.1 * train.length));
    const rowsOf = (positions: Uint32Array) =>
      pictures(
        set,
        labels,
        [...positions].map((i) => train[i]!),
      );
    const network = smallConvNet({ classes: labels.length, input: [channels, height, width] });
    const fitted = await fit(network, rowsOf(order.subarray(held)), {
      loss: crossEntropy(),
      optimizer: adamW(),
      learningRate: chosen.learningRate,
      schedule: cosine({ warmUpSteps: 10 }),
      epochs: chosen.epochs,
      batchSize: chosen.batchSize,
      validation: rowsOf(order.subarray(0, held)),
      metrics: { accuracy: scoreAccuracy },
      seed,
      signal,
      onProgress,
      onStep: logSteps(log),
      onEpoch({ epoch, loss, validation }) {
        const { loss: validationLoss, accuracy } = validation!;
        log(epoch, { "train loss": loss, "validation loss": validationLoss!, "validation accuracy": accuracy! });
      },
      resumeFrom: await checkpoint.load(),
      onCheckpoint: (bytes) => checkpoint.save(bytes),
      cache,
    });
    const card: ModelCard = {
      task: "image-classification",
      summary: `Predicts the label of a picture: ${labels.join(", ")}`,
      inputs: [{ name: "image", type: "image", help: "a path, or the file's bytes in base64" }],
      outputs: [
        { name: "label", type: "label", help: "the predicted label" },
        { name: "probabilities", type: "distribution", help: "probability of each label" },
      ],
      labels,
      headline: { metric: "accuracy", better: "higher" },
      details: { shape: [channels, height, width], bestEpoch: fitted.bestEpoch },
    };
    const model = toOnnx(network, fitted.weights, {
      metadata: { [cardKey]: JSON.stringify(card) },
      wrap(g, apply) {
        const image = g.input("image", "uint8", ["batch", channels, height, width]);
        const probabilities = g.softmax(apply({ x: g.div(g.cast(image, "float32"), 255) }));
        const best = g.op("ArgMax", [probabilities], { axis: 1, keepdims: 0 });
        g.output(
          "label",
          g.op(
            "LabelEncoder",
            [best],
            { keys_int64s: labels.map((_, i) => i), values_strings: labels },
            { domain: "ai.onnx.ml" },
          ),
        );
        g.output("probabilities", probabilities);
      },
    });
    const curve = (label: string, pick: (report: (typeof fitted.history)[number]) => number) => ({
      name: label,
      points: fitted.history.map((report) => [report.epoch, pick(report)] as const),
    });
    return {
      model: writeModel(model),
      card,
      candidates: [],
      curves: [
        curve("train loss", ({ loss }) => loss),
        curve("validation loss", ({ validation }) => validation!.loss!),
      ],
    };
  },
  async evaluate({ options: chosen, seed, images, signal }, { session, card }) {
    const set = await images(chosen.from);
    const { test } = trainTestSplit(set.labels.length, chosen.testShare, seed, set.labels);
    const truth = test.map((row) => set.labels[row]!);
    const held = takeRows(set.pixels, test);
    const probabilities: number[] = [];
    for (let start = 0; start < test.length; start += 64) {
      const outputs = await session.run(
        { image: sliceRows(held, start, Math.min(test.length, start + 64)) },
        { signal },
      );
      probabilities.push(...(outputs.probabilities!.data as Float32Array));
    }
    const predicted = bestLabels(Float64Array.from(probabilities), card.labels!);
    return {
      metrics: {
        accuracy: accuracy(truth, predicted),
        f1: classificationReport(truth, predicted).macro.f1,
        rows: test.length,
      },
      confusion: confusionMatrix(truth, predicted, [...card.labels!]),
    };
  },
});

/** Pictures as the network takes them, from 0 to 1, with their labels as numbers. */
function pictures({ pixels, labels: names }: ImageSet, labels: readonly string[], rows: readonly number[]): Rows {
  const part = takeRows(pixels, rows);
  return {
    x: new Tensor(
      "float32",
      Float32Array.from(part.data as Uint8Array, (value) => value / 255),
      part.shape,
    ),
    y: new Tensor(
      "int64",
      BigInt64Array.from(rows, (row) => BigInt(labels.indexOf(names[row]!))),
      [rows.length],
    ),
  };
}
