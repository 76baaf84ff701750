import { join } from "node:path";
import { conll, defineConfig, tagTokens } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "conll2003-en");
const vectors = join(
  process.env.ATHANOR_MODELS ?? join(import.meta.dirname, "../../../shared/models"),
  "glove-twitter-25d-12k/vectors.txt",
);

/** Persons, organisations, places and other names in English news. */
export default defineConfig({
  name: "conll2003",
  seed: 1,
  sources: {
    train: conll(join(data, "train.txt.gz")),
    dev: conll(join(data, "valid.txt.gz")),
  },
  learn: {
    names: tagTokens({
      from: "train",
      test: "dev",
      vectors,
      width: 100,
      hidden: 100,
      wordDropout: 0.02,
      epochs: 10,
      learningRate: 0.004,
      validationShare: 0,
    }),
  },
});
