import { join } from "node:path";
import { classifySounds, defineConfig, sounds } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "fsdd");

export default defineConfig({
  name: "spoken-digits",
  seed: 1,
  sources: { digits: sounds(join(data, "train_wav.zip"), { rate: 8000, seconds: 0.8, label: "prefix" }) },
  learn: {
    digits: classifySounds({
      from: "digits",
      testShare: 0.1,
      validationShare: 0.05,
      widths: [16, 32, 64],
      epochs: 25,
      batchSize: 64,
      learningRate: 0.004,
      schedule: "oneCycle",
      labelSmoothing: 0.1,
      shift: 0.1,
      gain: 0.3,
      noise: 0.1,
    }),
  },
});
