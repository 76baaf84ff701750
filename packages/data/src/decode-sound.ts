import { decodeWav } from "./decode-wav.ts";
import { resample } from "./resample.ts";

/** The form that sounds are brought to. */
export interface SoundShape {
  readonly rate: number;
  /** Samples; shorter sounds end in silence, longer ones are cut. */
  readonly length: number;
}

/**
 * Decodes a WAV file and brings it to a rate and a length.
 *
 * @throws `data/broken-sound`
 */
export function decodeSound(owner: string, bytes: Uint8Array, { rate, length }: SoundShape): Float32Array {
  const { samples } = resample(decodeWav(owner, bytes), rate);
  const made = new Float32Array(length);
  made.set(samples.subarray(0, length));
  return made;
}
