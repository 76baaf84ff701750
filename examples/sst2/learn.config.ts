import { join } from "node:path";
import { classifyTexts, defineConfig, tsv } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "sst2");
const sentences = { header: false, columns: ["text", "label"], types: ["label:text"] };

/** Whether a sentence of a film review praises, by words and pairs of words and by windows over words, learned from the sentences alone. */
export default defineConfig({
  name: "sst2",
  seed: 1,
  sources: {
    train: tsv(join(data, "train.tsv.gz"), sentences),
    dev: tsv(join(data, "dev.tsv"), sentences),
  },
  learn: {
    praise: classifyTexts({
      from: "train",
      test: "dev",
      models: ["bag", "bag", "cnn", "cnn", "cnn", "lstm"],
      minCount: 1,
      ngrams: 2,
      width: 128,
      hidden: 96,
      dropout: 0.5,
      wordDropout: 0.1,
      epochs: 10,
      learningRate: 0.001,
      weightDecay: 0.1,
      validationShare: 0,
    }),
  },
});
