import { join } from "node:path";
import { classifyImages, defineConfig, idx } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "mnist");

export default defineConfig({
  name: "mnist",
  seed: 1,
  sources: { digits: idx(join(data, "train-images-idx3-ubyte.gz")) },
  learn: {
    digits: classifyImages({
      from: "digits",
      network: "leNet",
      testShare: 0.1,
      validationShare: 0.05,
      epochs: 20,
      batchSize: 128,
      learningRate: 0.003,
      schedule: "oneCycle",
      degrees: 10,
      translate: 0.08,
      zoom: 0.1,
    }),
  },
});
