import { float32, int64, type Random, real } from "@athanor/core";
import type { BatchSource } from "@athanor/nn";
import { classNumber } from "./class-number.ts";
import type { SoundSet } from "./sound-set.ts";

/** How sounds change from epoch to epoch; nothing changes by default. */
export const soundChanges = {
  shift: real(0, "most that sounds move in time, as a share of their length", { min: 0, max: 0.9 }),
  gain: real(0, "most that they get louder or softer, as a share", { min: 0, max: 0.9 }),
  noise: real(0, "most noise that is added, as a share of their loudness", { min: 0, max: 1 }),
};

interface Changes {
  readonly shift: number;
  readonly gain: number;
  readonly noise: number;
}

/** Some sounds of a set with their labels as numbers, changed by chance. */
export function soundSource(
  { samples, labels: names }: SoundSet,
  rows: readonly number[],
  labels: readonly string[],
  changes: Changes = { shift: 0, gain: 0, noise: 0 },
): BatchSource {
  const length = samples.shape[1]!;
  const numbers = rows.map((row) => classNumber(names[row]!, labels));
  return {
    count: rows.length,
    targets: { dtype: "int64", shape: [] },
    async take(chosen, random) {
      const data = new Float32Array(chosen.length * length);
      for (const [i, row] of chosen.entries()) {
        const sound = samples.data.subarray(rows[row]! * length, (rows[row]! + 1) * length);
        changed(sound, data.subarray(i * length, (i + 1) * length), changes, random.split(i));
      }
      return { x: float32(data, [chosen.length, length]), y: int64(Array.from(chosen, (row) => numbers[row]!)) };
    },
  };
}

function changed(from: Float32Array, to: Float32Array, { shift, gain, noise }: Changes, random: Random): void {
  const within = (most: number) => most * (2 * random.uniform() - 1);
  const moved = Math.round(within(shift) * from.length);
  const factor = 1 + within(gain);
  const loudness = noise === 0 ? 0 : Math.sqrt(from.reduce((sum, each) => sum + each * each, 0) / from.length);
  const level = noise * loudness * random.uniform();
  for (let i = 0; i < to.length; i++) {
    const sample = factor * (from[i - moved] ?? 0);
    to[i] = level === 0 ? sample : sample + level * random.normal();
  }
}
