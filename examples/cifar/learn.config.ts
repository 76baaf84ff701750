import { join } from "node:path";
import { classifyImages, defineConfig, images } from "athanor";

const data = join(process.env.ATHANOR_DATA ?? join(import.meta.dirname, "../../../shared/data"), "cifar10-subset");

export default defineConfig({
  name: "cifar",
  seed: 1,
  sources: { photos: images(join(data, "train.zip"), { size: 32 }) },
  learn: {
    photos: classifyImages({
      from: "photos",
      network: "smallResNet",
      widths: [32, 64, 128, 256],
      blocks: [0, 1, 1, 1],
      testShare: 0.1,
      validationShare: 0.05,
      epochs: 40,
      batchSize: 64,
      optimizer: "sgd",
      learningRate: 0.05,
      weightDecay: 5e-4,
      schedule: "oneCycle",
      flip: true,
      padding: 4,
      cutMix: 1,
      mixing: 0.35,
      labelSmoothing: 0.1,
      mirrored: true,
    }),
  },
});
