import { flag, integer } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/** Convolution of each map by itself: `[batch, in, height, width] → [batch, in × multiplier, height', width']`. */
export const depthwiseConv2d = defineLayer({
  name: "depthwiseConv2d",
  options: {
    multiplier: integer(1, "maps made of each map", { min: 1 }),
    kernel: integer(3, "side of the window", { min: 1 }),
    stride: integer(1, "step of the window", { min: 1 }),
    padding: integer(0, "zeros added on each side", { min: 0 }),
    bias: flag(true, "add a learned constant"),
  },
  parameters: ({ shape, options: { multiplier, kernel, bias } }) => {
    const channels = lengthOf(shape, 1) * multiplier;
    const fanIn = kernel * kernel;
    return {
      weight: { shape: [channels, 1, kernel, kernel], init: "kaiming-uniform" as const, fanIn },
      ...(bias ? { bias: { shape: [channels], init: "kaiming-uniform" as const, fanIn } } : {}),
    } as {
      weight: { shape: number[]; init: "kaiming-uniform"; fanIn: number };
      bias: { shape: number[]; init: "kaiming-uniform"; fanIn: number };
    };
  },
  build: ({ g, x, parameters: { weight, bias }, options: { stride, padding } }) =>
    g.op("Conv", [x, weight, bias], {
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
      group: lengthOf(x.shape, 1),
    }),
});
