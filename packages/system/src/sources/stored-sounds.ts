import { float32 } from "@athanor/core";
import type { SoundBatch } from "@athanor/data";
import type { SoundSet } from "../task/sound-set.ts";

export interface SoundIndex {
  readonly shape: readonly number[];
  readonly labels: readonly string[];
  readonly paths: readonly string[];
  readonly rate: number;
}

/** Joins batches into one block of samples with an index. */
export function storeSounds(batches: readonly SoundBatch[]): {
  readonly samples: Uint8Array;
  readonly index: SoundIndex;
} {
  const labels = batches.flatMap((batch) => batch.labels);
  const [{ rate, samples } = { rate: 1, samples: float32([], [0, 0]) }] = batches;
  return {
    samples: Buffer.concat(batches.map((batch) => new Uint8Array(batch.samples.data.buffer))),
    index: { shape: [labels.length, samples.shape[1]!], labels, paths: batches.flatMap(({ paths }) => paths), rate },
  };
}

export const loadSounds = (bytes: Uint8Array, { shape, ...rest }: SoundIndex): SoundSet => ({
  samples: float32(new Float32Array(Uint8Array.from(bytes).buffer), shape),
  ...rest,
});
