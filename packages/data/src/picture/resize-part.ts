import type { Picture } from "./picture.ts";

/** A rectangle of a picture, in pixels. */
export interface Part {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Brings part of a picture to a size. Each pixel is a mean over what it covers, weighted by a triangle, so that nothing flickers
 * where the picture gets smaller.
 */
export function resizePart(picture: Picture, part: Part, height: number, width: number): Picture {
  const { channels, data } = picture;
  const across = windows(part.width, width);
  const down = windows(part.height, height);
  const made = new Uint8Array(channels * height * width);
  const rows = new Float32Array(part.height * width);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < part.height; y++) {
      const line = (c * picture.height + part.top + y) * picture.width + part.left;
      for (let x = 0; x < width; x++) {
        const { start, weights } = across[x]!;
        let sum = 0;
        for (let k = 0; k < weights.length; k++) sum += weights[k]! * data[line + start + k]!;
        rows[y * width + x] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      const { start, weights } = down[y]!;
      const line = (c * height + y) * width;
      for (let x = 0; x < width; x++) {
        let sum = 0.5;
        for (let k = 0; k < weights.length; k++) sum += weights[k]! * rows[(start + k) * width + x]!;
        made[line + x] = sum;
      }
    }
  }
  return { channels, height, width, data: made };
}

interface Window {
  readonly start: number;
  readonly weights: Float64Array;
}

/** Which places of a line each place of a line of another length is made of. */
function windows(from: number, to: number): readonly Window[] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(from, Math.floor(centre + reach + 0.5));
    const weights = Float64Array.from({ length: end - start }, (_, k) =>
      Math.max(0, 1 - Math.abs(start + k + 0.5 - centre) / reach),
    );
    const sum = weights.reduce((total, each) => total + each, 0);
    return { start, weights: weights.map((each) => each / sum) };
  });
}
