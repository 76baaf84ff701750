import { AthanorError } from "@athanor/core";

/** A sound as numbers from −1 to 1, its channels as their mean. */
export interface Sound {
  readonly rate: number;
  readonly samples: Float32Array;
}

const [pcm, float, extensible] = [1, 3, 0xfffe];

/**
 * Decodes a WAV file: whole numbers of 8 to 32 bits, or floats.
 *
 * @throws `data/broken-sound`
 */
export function decodeWav(owner: string, bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const broken = (got: string) =>
    new AthanorError("data/broken-sound", `${owner}: expected the bytes to be a WAV file, got ${got}`, {
      fix: "Convert the sound to WAV of 16 bits, or remove it.",
    });
  const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || name(0) !== "RIFF" || name(8) !== "WAVE") throw broken("no RIFF head");
  let form: { kind: number; channels: number; rate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [chunk, size] = [name(at), view.getUint32(at + 4, true)];
    const from = at + 8;
    if (chunk === "fmt " && from + 16 <= bytes.length) {
      const kind = view.getUint16(from, true);
      form = {
        kind: kind === extensible && size >= 26 ? view.getUint16(from + 24, true) : kind,
        channels: view.getUint16(from + 2, true),
        rate: view.getUint32(from + 4, true),
        bits: view.getUint16(from + 14, true),
      };
    } else if (chunk === "data") {
      if (form === undefined || form.channels === 0) throw broken("data before its format");
      // Recorders that were stopped leave a size that is larger than the file.
      return samplesOf(view, from, Math.min(size, bytes.length - from), form, broken);
    }
    at = from + size + (size % 2);
  }
  throw broken("no data");
}

function samplesOf(
  view: DataView,
  from: number,
  size: number,
  { kind, channels, rate, bits }: { kind: number; channels: number; rate: number; bits: number },
  broken: (got: string) => AthanorError,
): Sound {
  const width = bits / 8;
  const read =
    kind === float && bits === 32
      ? (at: number) => view.getFloat32(at, true)
      : kind === pcm
        ? readers[bits]?.(view)
        : undefined;
  if (read === undefined) throw broken(`format ${kind} of ${bits} bits`);
  const count = Math.floor(size / (width * channels));
  const samples = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read(from + (i * channels + channel) * width);
    samples[i] = sum / channels;
  }
  return { rate, samples };
}

const readers: Readonly<Record<number, (view: DataView) => (at: number) => number>> = {
  8: (view) => (at) => (view.getUint8(at) - 128) / 128,
  16: (view) => (at) => view.getInt16(at, true) / 2 ** 15,
  24: (view) => (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 2 ** 16) / 2 ** 23,
  32: (view) => (at) => view.getInt32(at, true) / 2 ** 31,
};
