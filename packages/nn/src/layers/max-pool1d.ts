import { integer } from "@athanor/core";
import { defineLayer } from "../define-layer.ts";

/** Maximum of each window: `[batch, channels, steps] → [batch, channels, steps']`. */
export const maxPool1d = defineLayer({
  name: "maxPool1d",
  options: {
    kernel: integer(2, "length of the window", { min: 1 }),
    stride: integer(null, "step of the window; its length when null", { min: 1 }),
    padding: integer(0, "margin on each side", { min: 0 }),
  },
  build: ({ g, x, options: { kernel, stride, padding } }) =>
    g.op("MaxPool", [x], { kernel_shape: [kernel], strides: [stride ?? kernel], pads: [padding, padding] }),
});
