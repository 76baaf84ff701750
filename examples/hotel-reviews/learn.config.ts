import { join } from "node:path";
import { classifyTexts, csv, defineConfig } from "athanor";

const data = join(
  process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"),
  "chnsenticorp-hotel-zh",
);

/** Which guests liked a Chinese hotel, by runs of up to three characters and by windows over them. */
export default defineConfig({
  name: "hotel-reviews",
  seed: 1,
  language: "zh",
  sources: { reviews: csv(join(data, "train.csv.gz")) },
  learn: {
    opinion: classifyTexts({
      from: "reviews",
      text: "review",
      tokens: "characters",
      models: ["bag", "bag", "cnn"],
      ngrams: 3,
      dropout: 0.5,
      maxLength: 384,
      epochs: 8,
      learningRate: 0.002,
      weightDecay: 0.05,
      validationShare: 0,
      testShare: 0.15,
    }),
  },
});
