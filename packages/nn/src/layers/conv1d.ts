import { flag, integer, required } from "@athanor/core";
import { defineLayer, lengthOf } from "../define-layer.ts";

/** Convolution along one axis: `[batch, in, steps] → [batch, channels, steps']`. */
export const conv1d = defineLayer({
  name: "conv1d",
  options: {
    channels: integer(required, "maps of the output", { min: 1 }),
    kernel: integer(3, "length of the window", { min: 1 }),
    stride: integer(1, "step of the window", { min: 1 }),
    padding: integer(0, "zeros added on each side", { min: 0 }),
    dilation: integer(1, "distance between the window's places", { min: 1 }),
    groups: integer(1, "parts that the channels are split into", { min: 1 }),
    bias: flag(true, "add a learned constant"),
  },
  parameters: ({ shape, options: { channels, kernel, groups, bias } }) => {
    const depth = lengthOf(shape, 1) / groups;
    const fanIn = depth * kernel;
    return {
      weight: { shape: [channels, depth, kernel], init: "kaiming-uniform" as const, fanIn },
      ...(bias ? { bias: { shape: [channels], init: "kaiming-uniform" as const, fanIn } } : {}),
    } as {
      weight: { shape: number[]; init: "kaiming-uniform"; fanIn: number };
      bias: { shape: number[]; init: "kaiming-uniform"; fanIn: number };
    };
  },
  build: ({ g, x, parameters: { weight, bias }, options: { stride, padding, dilation, groups } }) =>
    g.op("Conv", [x, weight, bias], {
      strides: [stride],
      pads: [padding, padding],
      dilations: [dilation],
      group: groups,
    }),
});
