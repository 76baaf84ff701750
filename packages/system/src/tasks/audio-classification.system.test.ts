import { float32, Random } from "@athanor/core";
import { wav } from "@athanor/data/testing";
import { checkTask } from "../testing/check-task.ts";
import { classifySounds } from "./audio-classification.ts";

const [rate, length] = [1000, 200];
const random = Random.from(5);
const tone = (hertz: number) =>
  Float32Array.from({ length }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate) + 0.05 * random.normal());
const labels = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? "high" : "low"));
const samples = labels.flatMap((label) => [...tone(label === "high" ? 300 : 100)]);

checkTask({
  declaration: classifySounds({
    from: "tones",
    bands: 8,
    widths: [4, 8],
    epochs: 8,
    batchSize: 16,
    learningRate: 0.02,
    shift: 0.1,
  }),
  sounds: {
    tones: { samples: float32(samples, [60, length]), labels, paths: labels.map((_, i) => `${i}.wav`), rate },
  },
  rows: [{ sound: wav(rate, tone(300)) }, { sound: wav(2 * rate, tone(100)).toString("base64") }],
  reaches: { metric: "accuracy", atLeast: 0.9 },
});
