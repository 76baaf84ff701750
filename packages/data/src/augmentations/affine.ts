import { real } from "@athanor/core";
import { defineAugmentation } from "../define-augmentation.ts";
import { warp } from "../picture/warp.ts";

/** Turns, moves, scales and shears a picture about its middle; what comes in from outside is black. */
export const affine = defineAugmentation({
  name: "affine",
  options: {
    degrees: real(10, "most that it turns", { min: 0, max: 180 }),
    translate: real(0.1, "most that it moves, as a share of the side", { min: 0, max: 1 }),
    scale: real(0.1, "most that it grows or shrinks, as a share", { min: 0, max: 0.9 }),
    shear: real(0, "most that it shears, in degrees", { min: 0, max: 80 }),
  },
  apply(picture, { degrees, translate, scale, shear }, random) {
    const within = (most: number) => most * (2 * random.uniform() - 1);
    const turn = (within(degrees) * Math.PI) / 180;
    const slope = Math.tan((within(shear) * Math.PI) / 180);
    const size = 1 / (1 + within(scale));
    const [cos, sin] = [size * Math.cos(turn), size * Math.sin(turn)];
    return warp(picture, {
      a: cos,
      b: cos * slope - sin,
      c: sin,
      d: sin * slope + cos,
      dx: within(translate) * picture.width,
      dy: within(translate) * picture.height,
    });
  },
});
