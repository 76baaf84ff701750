import { basename } from "node:path";
import { float32, integer, oneOf, real, required, type Tensor, text } from "@athanor/core";
import { decodeSound } from "../decode-sound.ts";
import { defineConnector } from "../define-connector.ts";
import { fingerprintLabelled, type LabelledFile, labelledFiles } from "../labelled-files.ts";

/** Sounds of one rate and length with the label of each. */
export interface SoundBatch {
  /** `[sounds, samples]`, −1 to 1. */
  readonly samples: Tensor<"float32">;
  readonly labels: readonly string[];
  readonly paths: readonly string[];
  readonly rate: number;
}

const batchSize = 256;
const endings = ["wav"];

const labelOf: Readonly<Record<string, (file: LabelledFile) => string>> = {
  folder: ({ folder }) => folder,
  prefix: ({ path }) => basename(path).split("_")[0]!,
  none: () => "",
};

/** WAV files in a folder or a zip archive. */
export const sounds = defineConnector({
  name: "sounds",
  yields: "sounds",
  summary: "WAV sounds",
  options: {
    path: text(required, "the folder, or a zip archive"),
    label: oneOf("folder", "where the label comes from: the folder, or the name up to its first underscore", [
      "folder",
      "prefix",
      "none",
    ]),
    rate: integer(16_000, "samples a second that sounds are brought to", { min: 1000, max: 192_000 }),
    seconds: real(1, "length that sounds are brought to", { min: 0.05, max: 60 }),
  },
  fingerprint: ({ path }, work) => fingerprintLabelled("sounds", path, endings, work),
  async *open({ path, label, rate, seconds }, { signal, onProgress }) {
    const files = labelledFiles("sounds", path, endings);
    const length = Math.round(rate * seconds);
    for (let start = 0; start < files.length; start += batchSize) {
      signal?.throwIfAborted();
      const part = files.slice(start, start + batchSize);
      const samples = new Float32Array(part.length * length);
      for (const [i, file] of part.entries())
        samples.set(decodeSound(`sounds: ${file.path}`, file.read(), { rate, length }), i * length);
      const batch: SoundBatch = {
        samples: float32(samples, [part.length, length]),
        labels: part.map(labelOf[label]!),
        paths: part.map((file) => file.path),
        rate,
      };
      yield batch;
      onProgress?.({ stage: "decoding sounds", done: start + part.length, total: files.length, unit: "sounds" });
    }
  },
});
