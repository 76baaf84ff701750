import { join } from "node:path";
import { classifyTexts, csv, defineConfig } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "banking77");

/** What a customer of a bank wants to know, of 77 things, by runs of up to five characters. */
export default defineConfig({
  name: "banking77",
  seed: 1,
  sources: { questions: csv(join(data, "train.csv")) },
  learn: {
    intent: classifyTexts({
      from: "questions",
      label: "category",
      tokens: "characters",
      models: ["bag", "bag"],
      ngrams: 5,
      hidden: 128,
      epochs: 12,
      learningRate: 0.003,
      weightDecay: 0.05,
      validationShare: 0,
      testShare: 0.1,
    }),
  },
});
