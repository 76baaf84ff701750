import { flag, integer, oneOf, real, required, text, texts } from "@athanor/core";
import { accuracy, bestLabels, classificationReport, confusionMatrix, logLoss } from "@athanor/ml";
import { byLength, crossEntropy, eachAlone, fit, ngramTable, accuracy as scoreAccuracy, toOnnx } from "@athanor/nn";
import { type GraphBuilder, writeModel } from "@athanor/onnx";
import { openTokenizer, type TokenizerFile } from "@athanor/text";
import { textFiles } from "../folder/text-files.ts";
import { checkRows } from "../predict/feeds.ts";
import { rowsOf } from "../predict/rows-of.ts";
import { defineTask, type Row } from "../task/define-task.ts";
import { holdBack, splitRows } from "../task/held-back.ts";
import { cardKey, type ModelCard } from "../task/model-card.ts";
import { curvesOf, trainingOf, trainingOptions } from "../task/training-options.ts";
import { classifierGraph, meanProbabilities, type Scores } from "../text/classifier-graph.ts";
import { encodeTexts } from "../text/encode-texts.ts";
import { classesOf, classNumbers, labelledTexts, takeTexts } from "../text/labelled-texts.ts";
import { makeTokenizer, tokenKinds } from "../text/make-tokenizer.ts";
import { readSynonyms } from "../text/read-synonyms.ts";
import { readVectors } from "../text/read-vectors.ts";
import { runTexts } from "../text/run-texts.ts";
import { type EncodedTexts, textBatches } from "../text/text-batches.ts";
import { textMembers, textModels } from "../text/text-members.ts";
import { tokenizerKey } from "../text/tokenizer-of.ts";
import { withVectors, withWeights } from "../text/with-weights.ts";

const options = {
  from: text(required, "the source of the rows"),
  text: text("text", "the column of the text"),
  label: text("label", "the column to predict"),
  models: texts(["bag"], `networks whose probabilities are averaged: ${textModels.join(", ")}`),
  tokens: oneOf("words", "what a text is made of", tokenKinds),
  lowercase: flag(true, "whether capitals are read as small letters, which byte pairs never do"),
  vocabularySize: integer(30_000, "tokens that are known", { min: 10 }),
  minCount: integer(2, "how often a token or a run of tokens has to come to be known", { min: 1 }),
  maxLength: integer(512, "tokens of a text that are read", { min: 4, max: 4096 }),
  ngrams: integer(2, "the longest run of tokens that a bag knows", { min: 1, max: 8 }),
  runWeights: oneOf(
    "rarity",
    "what makes a run of tokens count: how rare it is, or how well it tells the labels apart",
    ["rarity", "contrast"],
  ),
  width: integer(64, "numbers that are learned of a token", { min: 1 }),
  hidden: integer(64, "numbers that are learned of a run, windows of each length, or size of a memory", { min: 1 }),
  dropout: real(0.3, "share of what networks see that is hidden in training", { min: 0, max: 0.9 }),
  wordDropout: real(0, "share of tokens that training makes unknown", { min: 0, max: 0.9 }),
  balance: real(0, "how much rare labels gain on frequent ones: 0 for nothing, 1 as if all were equally frequent", {
    min: 0,
    max: 1,
  }),
  synonyms: text(null, "a file whose lines hold words that mean the same, for training to exchange"),
  synonymShare: real(0.1, "share of words with synonyms that are exchanged", { min: 0, max: 1 }),
  vectors: text(null, "a file of learned vectors of words, in GloVe's format, that networks begin with"),
  begin: text(null, "a source of rows with the same columns, and labels among the same, that training begins with"),
  beginEpochs: integer(3, "passes over those", { min: 1 }),
  ...trainingOptions,
  epochs: integer(10, "passes over the texts", { min: 1, max: 1000 }),
  learningRate: real(0.002, "step size", { min: 0, scale: "log" }),
  test: text(null, "a source of rows held back for the evaluation; a share of the rows when null"),
  testShare: real(0.1, "share of the rows held back", { min: 0.01, max: 0.9 }),
  validationShare: real(0.1, "share of the other rows that decides which epoch is kept; the last one is when 0", {
    min: 0,
    max: 0.5,
  }),
};

/** Predicts the label of a text, with networks that are trained from scratch. */
export const classifyTexts = defineTask({
  name: "text-classification",
  summary: "Predict the label of a text",
  options,
  reads: ({ from, begin, test }) => [from, ...[begin, test].filter((source) => source !== null)],
  async train(context) {
    const { name, options: chosen, seed, table, signal, onProgress } = context;
    const owner = `learn.${name}`;
    const all = labelledTexts(await table(chosen.from), chosen, owner);
    const rows = takeTexts(all, splitRows(all.texts.length, chosen, seed, all.labels).train);
    const labels = classesOf(owner, chosen.label, rows.labels);
    const first = chosen.begin === null ? undefined : labelledTexts(await table(chosen.begin), chosen, owner);

    const file = makeTokenizer(owner, [...rows.texts, ...(first?.texts ?? [])], chosen, { signal, onProgress });
    const tokenizer = openTokenizer(file);
    const encode = async (set: typeof rows): Promise<EncodedTexts> => ({
      ids: await encodeTexts(tokenizer, set.texts, chosen.maxLength, signal),
      classes: classNumbers(owner, set.labels, labels),
    });
    const encoded = await encode(rows);
    const begin = first && (await encode(first));
    const vectors = chosen.vectors === null ? undefined : await readVectors(chosen.vectors);
    const drawn = textMembers(owner, chosen.models, {
      ...chosen,
      width: vectors ? Math.max(vectors.width, chosen.width) : chosen.width,
      vocabulary: tokenizer.vocabularySize,
      classes: labels.length,
      ngrams: ngramTable([...encoded.ids, ...(begin?.ids ?? [])], {
        orders: chosen.ngrams,
        minCount: chosen.minCount,
        contrast: chosen.runWeights === "contrast" ? sharesOf(encoded, begin) : undefined,
      }),
    });
    const network = vectors ? withVectors(drawn, vectors, tokenizer, seed) : drawn;

    const augmentation = {
      wordDropout: chosen.wordDropout,
      synonymShare: chosen.synonymShare,
      synonyms: chosen.synonyms === null ? new Map() : await readSynonyms(chosen.synonyms, tokenizer),
    };
    const training = await trainingOf(chosen, context);
    const { resumeFrom: _, onCheckpoint: __, onEpoch: ___, ...beginning } = training;
    const optionsFor = ({ ids }: EncodedTexts) => ({
      loss: eachAlone(crossEntropy()),
      clipNorm: 5,
      sampler: byLength({
        lengths: ids.map(({ length }) => length),
        batchSize: Math.min(chosen.batchSize, ids.length),
      }),
      sparse: ["bag.table"],
    });
    const started =
      begin &&
      (await fit(network, textBatches(begin, augmentation), {
        ...beginning,
        ...optionsFor(begin),
        epochs: chosen.beginEpochs,
      }));

    const shares = labels.map((_, k) => encoded.classes.filter((own) => own === k).length / encoded.classes.length);
    const gains = shares.map((share) => share ** -chosen.balance);
    const probabilities = (g: GraphBuilder, scores: Scores) => meanProbabilities(g, scores, gains);
    const parts = holdBack(rows.texts.length, chosen.validationShare, seed);
    const train = takeEncoded(encoded, parts.train);
    const held = takeEncoded(encoded, parts.validation);
    const fitted = await fit(
      started ? withWeights(network, started.weights) : network,
      textBatches(train, augmentation),
      {
        ...training,
        ...optionsFor(train),
        ...(held.ids.length === 0
          ? {}
          : {
              validation: textBatches(held),
              decoded: { build: probabilities, metrics: { accuracy: scoreAccuracy } },
              watch: { metric: "accuracy", better: "higher" as const },
            }),
      },
    );

    const shown = labels.length > 10 ? `${labels.slice(0, 10).join(", ")}, …` : labels.join(", ");
    const card: ModelCard = {
      task: "text-classification",
      summary: `Predicts ${chosen.label} from ${chosen.text} (${chosen.models.join(", ")}): ${shown}`,
      inputs: [{ name: "text", type: "text", help: "the text", example: rows.texts[0]! }],
      outputs: [
        { name: "label", type: "label", help: `the predicted ${chosen.label}` },
        { name: "probabilities", type: "distribution", help: "probability of each label" },
      ],
      labels,
      headline: { metric: "accuracy", better: "higher" },
      details: { maxLength: chosen.maxLength, bestEpoch: fitted.bestEpoch },
    };
    const model = toOnnx(network, fitted.weights, {
      metadata: { [cardKey]: JSON.stringify(card), [tokenizerKey]: JSON.stringify(file) },
      wrap: (g, apply) => classifierGraph(g, (inputs) => probabilities(g, apply(inputs)), labels),
    });
    return {
      model: writeModel(model),
      card,
      candidates: [],
      curves: curvesOf(fitted.history),
    };
  },
  async evaluate({ name, options: chosen, seed, table, signal }, model) {
    const owner = `learn.${name}`;
    const labels = model.card.labels!;
    const all = labelledTexts(await table(chosen.test ?? chosen.from), chosen, owner);
    const rows =
      chosen.test === null ? takeTexts(all, splitRows(all.texts.length, chosen, seed, all.labels).test) : all;
    classNumbers(owner, rows.labels, labels);
    const probabilities = new Float64Array(rows.texts.length * labels.length);
    await runTexts(model, rows.texts, signal, (outputs, batch) => {
      const values = outputs.probabilities!.data as Float32Array;
      for (const [i, row] of batch.entries())
        probabilities.set(values.subarray(i * labels.length, (i + 1) * labels.length), row * labels.length);
    });
    const predicted = bestLabels(probabilities, labels);
    const { classes, macro } = classificationReport(rows.labels, predicted);
    return {
      metrics: {
        accuracy: accuracy(rows.labels, predicted),
        f1: macro.f1,
        ...(labels.length > 2
          ? {}
          : Object.fromEntries(labels.map((label) => [`f1 of ${label}`, classes[label]?.f1 ?? 0]))),
        logLoss: logLoss(rows.labels, probabilities, labels),
        rows: rows.texts.length,
      },
      confusion: confusionMatrix(rows.labels, predicted, [...labels]),
    };
  },
  async predict(model, rows, { signal }) {
    checkRows(model.card, rows);
    const predictions: Row[] = new Array(rows.length);
    const texts = rows.map(({ text }) => text as string);
    await runTexts(model, texts, signal, (outputs, batch) => {
      for (const [i, prediction] of rowsOf(model.card, outputs, batch.length).entries())
        predictions[batch[i]!] = prediction;
    });
    return predictions;
  },
  files: (card, { metadata }) =>
    textFiles({
      architecture: "BertForSequenceClassification",
      labels: card.labels!,
      tokenizer: JSON.parse(metadata[tokenizerKey]!) as TokenizerFile,
      maxLength: card.details.maxLength as number,
    }),
});

/** Texts that training only begins with count a fifth of the others. */
const sharesOf = ({ classes }: EncodedTexts, begin: EncodedTexts | undefined) => ({
  classes: [...classes, ...(begin?.classes ?? [])],
  shares: [...classes.map(() => 1), ...(begin?.classes ?? []).map(() => 0.2)],
});

const takeEncoded = ({ ids, classes }: EncodedTexts, rows: Uint32Array): EncodedTexts => ({
  ids: Array.from(rows, (row) => ids[row]!),
  classes: Array.from(rows, (row) => classes[row]!),
});
