import { join } from "node:path";
import { classifyTexts, csv, defineConfig } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "sms-spam");

/** Which messages are unwanted, by runs of up to five characters and by windows over them. */
export default defineConfig({
  name: "sms-spam",
  seed: 1,
  sources: { messages: csv(join(data, "train.csv")) },
  learn: {
    spam: classifyTexts({
      from: "messages",
      label: "type",
      tokens: "characters",
      lowercase: false,
      models: ["bag", "bag", "cnn"],
      ngrams: 5,
      epochs: 8,
      learningRate: 0.002,
      weightDecay: 0.05,
      balance: 0.5,
      validationShare: 0,
      testShare: 0.2,
    }),
  },
});
