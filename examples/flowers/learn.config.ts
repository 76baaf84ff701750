import { join } from "node:path";
import { classifyImages, defineConfig, images } from "athanor";

const shared = join(import.meta.dirname, "../../../shared");
const data = join(process.env.ATHANOR_DATA ?? join(shared, "data"), "flowers5");
const models = process.env.ATHANOR_MODELS ?? join(shared, "models");

export default defineConfig({
  name: "flowers",
  seed: 1,
  sources: { flowers: images(join(data, "train.zip"), { size: 224 }) },
  learn: {
    flowers: classifyImages({
      from: "flowers",
      base: join(models, "mobilenet-v2-1.0-224", "model.onnx"),
      pixels: "aroundZero",
      validationShare: 0,
      epochs: 30,
      batchSize: 16,
      learningRate: 1e-4,
      headRate: 10,
      weightDecay: 0.05,
      minArea: 0.3,
      flip: true,
      colour: 0.2,
      randAugment: 1,
      mixup: 0.2,
      mixing: 0.5,
      labelSmoothing: 0.1,
      mirrored: true,
    }),
  },
});
