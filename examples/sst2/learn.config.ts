import { join } from "node:path";
import { classifyTexts, defineConfig, sql, textFolders, tsv } from "athanor";

const data = process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data");
const sentences = { header: false, columns: ["text", "label"], types: ["label:text"] };

/** Networks over words and pairs of words, whose probabilities are averaged. */
const recipe = {
  from: "train",
  test: "dev",
  models: ["bag", "bag", "cnn", "cnn", "cnn", "lstm"],
  minCount: 1,
  ngrams: 2,
  runWeights: "contrast",
  width: 128,
  hidden: 96,
  dropout: 0.5,
  wordDropout: 0.1,
  epochs: 10,
  learningRate: 0.0015,
  weightDecay: 0.1,
  validationShare: 0,
} as const;

/**
 * Whether a sentence of a film review praises: learned from the sentences alone, or after a first look at the sentences of whole
 * reviews, each of which is taken to think as its review does.
 */
export default defineConfig({
  name: "sst2",
  seed: 1,
  sources: {
    train: tsv(join(data, "sst2/train.tsv.gz"), sentences),
    dev: tsv(join(data, "sst2/dev.tsv"), sentences),
    reviews: textFolders(join(data, "movie-review-polarity/train.tar.gz"), { encoding: "latin1" }),
    reviewSentences: sql(`
      SELECT trim(sentence) AS text, CASE label WHEN 'pos' THEN '1' ELSE '0' END AS label
      FROM (SELECT unnest(string_split(text, chr(10))) AS sentence, label FROM reviews)
      WHERE length(trim(sentence)) > 20`),
  },
  learn: {
    praise: classifyTexts(recipe),
    praiseAfterReviews: classifyTexts({ ...recipe, begin: "reviewSentences", beginEpochs: 2, epochs: 8 }),
  },
});
