import { join } from "node:path";
import { classifyImages, defineConfig, images } from "athanor";

const shared = join(import.meta.dirname, "../../../shared");
const data = join(process.env.ATHANOR_DATA ?? join(shared, "data"), "chest-xray3");
const models = process.env.ATHANOR_MODELS ?? join(shared, "models");

export default defineConfig({
  name: "chest-x-ray",
  seed: 1,
  sources: { pictures: images(join(data, "train.zip"), { size: 224 }) },
  learn: {
    findings: classifyImages({
      from: "pictures",
      base: join(models, "mobilenet-v2-1.0-224", "model.onnx"),
      pixels: "aroundZero",
      metric: "f1",
      validationShare: 0,
      epochs: 20,
      batchSize: 16,
      learningRate: 1e-4,
      headRate: 10,
      weightDecay: 0.05,
      balanced: true,
      minArea: 0.6,
      flip: true,
      degrees: 8,
      colour: 0.2,
      labelSmoothing: 0.1,
      mirrored: true,
    }),
  },
});
