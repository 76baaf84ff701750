import { type OptionInput, real, resolveOptions, Tensor } from "@athanor/core";
import { beta, type Mix, mixedShares } from "../mix.ts";

const options = {
  alpha: real(1, "how often parts are half of a picture rather than little or most", { min: 0.05, max: 1 }),
};

/**
 * Puts a rectangle of the picture before into each picture of a batch; classes are shared by area.
 *
 * @see Yun et al. 2019, https://arxiv.org/abs/1905.04899
 */
export function cutMix(input: OptionInput<typeof options> = {}): Mix {
  const { alpha } = resolveOptions("cutMix", options, input);
  return {
    name: `cutMix(${alpha})`,
    mix({ x, y }, random) {
      const [rows, channels, height, width] = x.shape as [number, number, number, number];
      const side = Math.sqrt(1 - beta(alpha, random));
      const [top, bottom] = part(height, side, random.integer(height));
      const [left, right] = part(width, side, random.integer(width));
      const plane = height * width;
      const made = x.data.slice() as Float32Array;
      for (let row = 0; row < rows; row++) {
        const [to, from] = [row * channels * plane, ((row + rows - 1) % rows) * channels * plane];
        for (let c = 0; c < channels; c++)
          for (let line = top; line < bottom; line++) {
            const at = c * plane + line * width;
            made.set(x.data.subarray(from + at + left, from + at + right) as Float32Array, to + at + left);
          }
      }
      const kept = 1 - ((bottom - top) * (right - left)) / plane;
      return { x: new Tensor(x.dtype, made as never, x.shape) as typeof x, y: mixedShares(y, kept) };
    },
  };
}

/** Where a part of a line begins and ends that has so much of it around a place, as far as it lies on it. */
function part(length: number, share: number, middle: number): readonly [from: number, to: number] {
  const half = Math.round((share * length) / 2);
  return [Math.max(0, middle - half), Math.min(length, middle + half)];
}
