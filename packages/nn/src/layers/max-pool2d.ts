import { integer } from "@athanor/core";
import { defineLayer } from "../define-layer.ts";

/** Maximum of each window: `[batch, channels, height, width] → [batch, channels, height', width']`. */
export const maxPool2d = defineLayer({
  name: "maxPool2d",
  options: {
    kernel: integer(2, "side of the window", { min: 1 }),
    stride: integer(null, "step of the window; its side when null", { min: 1 }),
    padding: integer(0, "margin on each side", { min: 0 }),
  },
  build: ({ g, x, options: { kernel, stride, padding } }) =>
    g.op("MaxPool", [x], {
      kernel_shape: [kernel, kernel],
      strides: [stride ?? kernel, stride ?? kernel],
      pads: [padding, padding, padding, padding],
    }),
});
