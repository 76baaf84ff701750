import { flag, integer, required } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/** Transposed convolution, which widens maps: `[batch, in, height, width] → [batch, channels, height', width']`. */
export const convTranspose2d = defineLayer({
  name: "convTranspose2d",
  options: {
    channels: integer(required, "maps of the output", { min: 1 }),
    kernel: integer(2, "side of the window", { min: 1 }),
    stride: integer(2, "step of the window", { min: 1 }),
    padding: integer(0, "cut off on each side", { min: 0 }),
    bias: flag(true, "add a learned constant"),
  },
  parameters: ({ shape, options: { channels, kernel, bias } }) => {
    const inputs = lengthOf(shape, 1);
    const fanIn = channels * kernel * kernel;
    return {
      weight: { shape: [inputs, channels, kernel, kernel], init: "kaiming-uniform" as const, fanIn },
      ...(bias ? { bias: { shape: [channels], init: "kaiming-uniform" as const, fanIn } } : {}),
    } as {
      weight: { shape: number[]; init: "kaiming-uniform"; fanIn: number };
      bias: { shape: number[]; init: "kaiming-uniform"; fanIn: number };
    };
  },
  build: ({ g, x, parameters: { weight, bias }, options: { stride, padding } }) =>
    g.op("ConvTranspose", [x, weight, bias], {
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
    }),
});
