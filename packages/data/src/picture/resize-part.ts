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
  const rows = new Float64Array(part.height * width);
  const sums = new Float64Array(width);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < part.height; y++) {
      const line = (c * picture.height + part.top + y) * picture.width + part.left;
      for (let x = 0; x < width; x++) {
        const first = line + across.starts[x]!;
        const last = first + across.counts[x]!;
        let sum = 0;
        for (let at = first, k = x * across.most; at < last; at++, k++) sum += across.weights[k]! * data[at]!;
        rows[y * width + x] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      sums.fill(0.5);
      for (let k = 0; k < down.counts[y]!; k++) {
        const weight = down.weights[y * down.most + k]!;
        const line = (down.starts[y]! + k) * width;
        for (let x = 0; x < width; x++) sums[x]! += weight * rows[line + x]!;
      }
      made.set(sums, (c * height + y) * width);
    }
  }
  return { channels, height, width, data: made };
}

/** For each place of a line, which places of a line of another length it is made of: some from a start on, with their weights. */
interface Windows {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** Room for weights that each place has in `weights`. */
  readonly most: number;
  readonly weights: Float64Array;
}

function windows(from: number, to: number): Windows {
  const scale = from / to;
  const reach = Math.max(1, scale);
  const most = 2 * Math.ceil(reach) + 1;
  const [starts, counts, weights] = [new Int32Array(to), new Int32Array(to), new Float64Array(to * most)];
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(from, Math.floor(centre + reach + 0.5));
    const own = weights.subarray(i * most, i * most + end - start);
    let sum = 0;
    for (let k = 0; k < own.length; k++) {
      own[k] = Math.max(0, 1 - Math.abs(start + k + 0.5 - centre) / reach);
      sum += own[k]!;
    }
    for (let k = 0; k < own.length; k++) own[k]! /= sum;
    starts[i] = start;
    counts[i] = own.length;
  }
  return { starts, counts, most, weights };
}
