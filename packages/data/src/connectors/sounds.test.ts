import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkConnector } from "../testing/check-connector.ts";
import { wav } from "../testing/wav.ts";
import { type SoundBatch, sounds } from "./sounds.ts";

checkConnector({
  name: "sounds",
  async write(folder, version) {
    await mkdir(join(folder, "clips"), { recursive: true });
    const path = join(folder, "clips", "yes_ann_1.wav");
    await writeFile(path, wav(8000, Float32Array.of(0.5 * version, 0.25)));
    return path;
  },
  connect: (folder) => sounds({ path: folder, label: "prefix", rate: 8000, seconds: 0.05 }),
  plain: (batches: readonly SoundBatch[]) =>
    batches.map(({ samples, labels, paths, rate }) => [
      samples.shape,
      Array.from(samples.data.subarray(0, 3), (each) => each.toFixed(2)),
      labels,
      paths,
      rate,
    ]),
  expected: [[[1, 400], ["0.50", "0.25", "0.00"], ["yes"], ["clips/yes_ann_1.wav"], 8000]],
});
