import { AthanorError, integer, oneOf, real, required, text } from "@athanor/core";
import {
  byLength,
  crf,
  eachAlone,
  fit,
  lengthsOf,
  ngramTable,
  sequenceTagger,
  sideBySide,
  toOnnx,
  viterbi,
} from "@athanor/nn";
import { writeModel } from "@athanor/onnx";
import { openTokenizer, type TokenizerFile, unitVocabulary } from "@athanor/text";
import { textFiles } from "../folder/text-files.ts";
import { checkRows } from "../predict/feeds.ts";
import { defineTask } from "../task/define-task.ts";
import { holdBack, splitRows } from "../task/held-back.ts";
import { cardKey, type ModelCard } from "../task/model-card.ts";
import { curvesOf, trainingOf, trainingOptions } from "../task/training-options.ts";
import { readVectors } from "../text/read-vectors.ts";
import { runTagger } from "../text/run-tagger.ts";
import { pathF1, spanScores } from "../text/spans.ts";
import { tagBatches, taggerInput } from "../text/tag-batches.ts";
import { checkKinds, type TaggedText, taggedTexts, tagNames } from "../text/tagged-texts.ts";
import { meanScores, taggerGraph } from "../text/tagger-graph.ts";
import { tokenizerKey } from "../text/tokenizer-of.ts";
import { type UnitKind, unitsOf } from "../text/units-of.ts";
import { withVectors } from "../text/with-weights.ts";
import { knownLetters, lettersOfWord, numberLetters, spellingKinds } from "../text/word-features.ts";

const options = {
  from: text(required, "the source of the texts"),
  text: text("tokens", "the column of the text, its words or characters separated by blanks"),
  tags: text("tags", "the column of the tags, separated by blanks: BIO, BIOES, BMES or BILOU"),
  units: oneOf(
    "words",
    "what has a tag: words, of which letters and spelling are looked at, or characters, of which pairs are",
    ["words", "characters"],
  ),
  minCount: integer(1, "how often a word, character or pair has to come to be known", { min: 1 }),
  members: integer(1, "networks that learn side by side, whose scores are averaged", { min: 1, max: 16 }),
  width: integer(100, "numbers that are learned of a word or character", { min: 4 }),
  hidden: integer(100, "size of the memory in either direction", { min: 4 }),
  dropout: real(0.5, "share of what the network sees that is hidden in training", { min: 0, max: 0.9 }),
  wordDropout: real(0.05, "share of words that training makes unknown", { min: 0, max: 0.9 }),
  vectors: text(null, "a file of learned vectors of words, in GloVe's format, that training begins with"),
  ...trainingOptions,
  epochs: integer(15, "passes over the texts", { min: 1, max: 1000 }),
  learningRate: real(0.004, "step size", { min: 0, scale: "log" }),
  test: text(null, "a source of texts held back for the evaluation; a share of the texts when null"),
  testShare: real(0.1, "share of the texts held back", { min: 0.01, max: 0.9 }),
  validationShare: real(0.1, "share of the other texts that decides which epoch is kept; the last one is when 0", {
    min: 0,
    max: 0.5,
  }),
};

/** Numbers that are learned of a letter, of a kind of spelling, and of a pair of characters; windows over letters. */
const sizes = { letter: 30, letterWindows: 50, spelling: 10, pair: 50 };

/** Tags the words or characters of a text, such as those that name persons, with a memory in both directions and the best path of tags. */
export const tagTokens = defineTask({
  name: "token-tagging",
  summary: "Find names and other spans in a text",
  options,
  reads: ({ from, test }) => (test === null ? [from] : [from, test]),
  async train(context) {
    const { name, options: chosen, seed, table } = context;
    const owner = `learn.${name}`;
    const all = taggedTexts(await table(chosen.from), chosen, owner);
    const texts = splitRows(all.length, chosen, seed).train.map((row) => all[row]!);
    const tags = tagNames(texts);
    if (tags.length < 2) throw noSpans(owner, chosen.tags);
    const parts = holdBack(texts.length, chosen.validationShare, seed);
    const take = (rows: Uint32Array) => Array.from(rows, (row) => texts[row]!);
    const [train, held] = [take(parts.train), take(parts.validation)];

    const vectors = chosen.vectors === null ? undefined : await readVectors(chosen.vectors);
    const isWords = chosen.units === "words";
    // A word with a learned vector is known although no text has it.
    const known = [...texts.map(({ tokens }) => tokens.join(" ")), ...(vectors?.vectors.keys() ?? [])];
    const file = unitVocabulary(known, { units: chosen.units, minCount: chosen.minCount });
    const tokenizer = openTokenizer(file);
    const letters = isWords ? knownLetters(train.flatMap(({ tokens }) => tokens)) : undefined;
    const reading = { tokenizer, letters: letters && numberLetters(letters) };
    const inputsOf = (some: readonly TaggedText[]) => some.map(({ tokens }) => taggerInput(tokens, reading));
    const [trainInputs, heldInputs] = [inputsOf(train), inputsOf(held)];
    const tagger = sequenceTagger({
      vocabulary: tokenizer.vocabularySize,
      tags: tags.length,
      width: Math.max(chosen.width, vectors?.width ?? 0),
      hidden: chosen.hidden,
      dropoutRate: chosen.dropout,
      ...(letters
        ? {
            letters: {
              count: letters.length + 2,
              length: lettersOfWord,
              width: sizes.letter,
              channels: sizes.letterWindows,
            },
            spellings: { count: spellingKinds, width: sizes.spelling },
          }
        : {
            pairs: {
              ngrams: ngramTable(
                trainInputs.map(({ ids }) => ids),
                { orders: 2, minCount: Math.max(2, chosen.minCount) },
              ),
              width: sizes.pair,
            },
          }),
    });
    const members = Array.from({ length: chosen.members }, (_, i) => [`tagger${i}`, tagger]);
    const drawn = sideBySide(Object.fromEntries(members));
    const network = vectors ? withVectors(drawn, vectors, tokenizer, seed) : drawn;
    const { weights, history, bestEpoch } = await fit(network, tagBatches(train, trainInputs, { ...chosen, tags }), {
      ...(await trainingOf(chosen, context)),
      loss: eachAlone(crf()),
      clipNorm: 5,
      sampler: byLength({
        lengths: train.map(({ tokens }) => tokens.length),
        batchSize: Math.min(chosen.batchSize, train.length),
      }),
      ...(held.length === 0
        ? {}
        : {
            validation: tagBatches(held, heldInputs, { tags }),
            decoded: {
              build: (g, steps, { words }) => viterbi(g, meanScores(g, steps), lengthsOf(g, words!)),
              metrics: { f1: pathF1(tags) },
            },
            watch: { metric: "f1", better: "higher" as const },
          }),
    });

    const kinds = [...new Set(tags.slice(1).map((tag) => tag.slice(2)))];
    const card: ModelCard = {
      task: "token-tagging",
      summary: `Finds ${kinds.join(", ")} in a text`,
      inputs: [{ name: "text", type: "text", help: "the text", example: train[0]!.tokens.join(isWords ? " " : "") }],
      outputs: [{ name: "spans", type: "spans", help: "kind, text, and where it starts and ends" }],
      labels: tags,
      headline: { metric: "f1", better: "higher" },
      details: { units: chosen.units, bestEpoch, ...(letters ? { letters } : {}) },
    };
    const model = toOnnx(network, weights, {
      metadata: { [cardKey]: JSON.stringify(card), [tokenizerKey]: JSON.stringify(file) },
      wrap: (g, apply) => taggerGraph(g, apply, { tags, hasLetters: letters !== undefined }),
    });
    return {
      model: writeModel(model),
      card,
      candidates: [],
      curves: curvesOf(history),
    };
  },
  async evaluate({ name, options: chosen, seed, table, signal }, model) {
    const owner = `learn.${name}`;
    const all = taggedTexts(await table(chosen.test ?? chosen.from), chosen, owner);
    const texts = chosen.test === null ? splitRows(all.length, chosen, seed).test.map((row) => all[row]!) : all;
    checkKinds(owner, texts, model.card.labels!);
    const found = await runTagger(
      model,
      texts.map(({ tokens }) => tokens),
      signal,
    );
    const truth = texts.map(({ spans }) => spans);
    const kinds = new Set(truth.flat().map(({ kind }) => kind));
    const of = (kind: string) => (spans: (typeof truth)[number]) => spans.filter((span) => span.kind === kind);
    return {
      metrics: {
        ...spanScores(truth, found),
        ...Object.fromEntries(
          [...kinds].sort().map((kind) => [`f1 of ${kind}`, spanScores(truth.map(of(kind)), found.map(of(kind))).f1]),
        ),
        rows: texts.length,
      },
    };
  },
  async predict(model, rows, { signal }) {
    checkRows(model.card, rows);
    const texts = rows.map(({ text: each }) => each as string);
    const units = texts.map((each) => unitsOf(each, model.card.details.units as UnitKind));
    const found = await runTagger(
      model,
      units.map((own) => own.map((unit) => unit.text)),
      signal,
    );
    return found.map((spans, row) => ({
      spans: spans.map(({ kind, start: from, end: to }) => {
        const [start, end] = [units[row]![from]!.start, units[row]![to - 1]!.end];
        return { kind, text: texts[row]!.slice(start, end), start, end };
      }),
    }));
  },
  files(card, { metadata }) {
    if (card.details.letters !== undefined) throw needsLetters();
    return textFiles({
      architecture: "BertForTokenClassification",
      labels: card.labels!,
      tokenizer: JSON.parse(metadata[tokenizerKey]!) as TokenizerFile,
      maxLength: 1024,
    });
  },
});

const noSpans = (owner: string, column: string) =>
  new AthanorError("task/one-label", `${owner}: expected tags of spans in ${column}, got none but O`, {
    fix: "Name the column of the tags, such as B-PER for where a person's name begins.",
    details: { column },
  });

const needsLetters = () =>
  new AthanorError(
    "export/folder",
    "token-tagging: expected a model that reads nothing but tokens, got one that reads the letters of words",
    { fix: "Export the .onnx file, or tag characters: other libraries hand on no letters." },
  );
