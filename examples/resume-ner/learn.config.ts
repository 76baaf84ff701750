import { join } from "node:path";
import { conll, defineConfig, tagTokens } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "resume-ner-zh");

/** Names, places of work, titles and degrees in Chinese résumés, character by character. */
export default defineConfig({
  name: "resume-ner",
  seed: 1,
  language: "zh",
  sources: {
    train: conll(join(data, "train.char.bmes")),
    dev: conll(join(data, "dev.char.bmes")),
  },
  learn: {
    facts: tagTokens({
      from: "train",
      test: "dev",
      units: "characters",
      members: 3,
      width: 100,
      hidden: 128,
      wordDropout: 0.02,
      epochs: 16,
      batchSize: 32,
      learningRate: 0.005,
      validationShare: 0,
    }),
  },
});
