import { integer, type Random, real } from "@athanor/core";
import { defineAugmentation } from "../define-augmentation.ts";
import type { Picture } from "../picture/picture.ts";
import { sharpen } from "../picture/sharpen.ts";
import { brighten, contrast, mapTones, saturate } from "../picture/tones.ts";
import { type Affine, warp } from "../picture/warp.ts";

/** A change of a strength from 0 to 1, one way or the other. */
type Change = (picture: Picture, strength: number, sign: 1 | -1) => Picture;

const moved = (picture: Picture, change: Partial<Affine>) =>
  warp(picture, { a: 1, b: 0, c: 0, d: 1, dx: 0, dy: 0, ...change }, 128);
const scaled =
  (change: (picture: Picture, factor: number) => Picture): Change =>
  (picture, strength, sign) =>
    change(picture, 1 + sign * 0.9 * strength);
const byTone = (tone: (value: number, strength: number) => number): Change => {
  return (picture, strength) => {
    const table = Uint8Array.from({ length: 256 }, (_, value) => tone(value, strength));
    return mapTones(picture, () => table);
  };
};

/** Spreads a plane's values from 0 to 255. */
const spread: Change = (picture) =>
  mapTones(picture, (plane) => {
    let [low, high] = [255, 0];
    for (const value of plane) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return high > low
      ? Uint8ClampedArray.from({ length: 256 }, (_, value) => ((value - low) * 255) / (high - low))
      : undefined;
  });

/** Makes all values of a plane about equally frequent. */
const equalize: Change = (picture) =>
  mapTones(picture, (plane) => {
    const counts = new Uint32Array(256);
    for (const value of plane) counts[value]!++;
    const step = (plane.length - counts[plane.reduce((most, value) => Math.max(most, value), 0)]!) / 255;
    if (step < 1) return undefined;
    let before = 0;
    return Uint8ClampedArray.from(counts, (count) => {
      const value = (before + step / 2) / step;
      before += count;
      return value;
    });
  });

const degree = Math.PI / 180;

const changes: readonly Change[] = [
  (picture) => picture,
  spread,
  equalize,
  (picture, strength, sign) => {
    const turn = sign * strength * 30 * degree;
    return moved(picture, { a: Math.cos(turn), b: -Math.sin(turn), c: Math.sin(turn), d: Math.cos(turn) });
  },
  (picture, strength, sign) => moved(picture, { b: sign * 0.3 * strength }),
  (picture, strength, sign) => moved(picture, { c: sign * 0.3 * strength }),
  (picture, strength, sign) => moved(picture, { dx: sign * 0.45 * strength * picture.width }),
  (picture, strength, sign) => moved(picture, { dy: sign * 0.45 * strength * picture.height }),
  scaled(brighten),
  scaled(saturate),
  scaled(contrast),
  scaled(sharpen),
  byTone((value, strength) => value & (0xff << Math.round(4 * strength))),
  byTone((value, strength) => (value >= 255 * (1 - strength) ? 255 - value : value)),
];

/**
 * Applies so many of fourteen changes, each drawn by chance and of the same strength: turns, shears, moves, tones, colours.
 *
 * @see Cubuk et al. 2019, https://arxiv.org/abs/1909.13719
 */
export const randAugment = defineAugmentation({
  name: "randAugment",
  options: {
    count: integer(2, "changes of a picture", { min: 1, max: 14 }),
    strength: real(0.3, "how strong they are", { min: 0, max: 1 }),
  },
  apply(picture, { count, strength }, random: Random) {
    let changed = picture;
    for (let i = 0; i < count; i++) {
      const change = random.choice(changes);
      changed = change(changed, strength, random.uniform() < 0.5 ? 1 : -1);
    }
    return changed;
  },
});
