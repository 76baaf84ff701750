import { real } from "@athanor/core";
import { defineLayer } from "../define-layer.ts";

/** Sets a share of the values to zero in training and scales the rest up; in evaluation it does nothing. */
export const dropout = defineLayer({
  name: "dropout",
  options: { rate: real(0.5, "share of values set to zero", { min: 0, max: 0.99 }) },
  build: ({ g, x, isTraining, mask, options: { rate } }) =>
    isTraining && rate > 0 ? g.mul(x, g.mul(mask("mask", x.shape, 1 - rate), 1 / (1 - rate))) : x,
});
