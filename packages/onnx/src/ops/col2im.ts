import { float32 } from "@athanor/core";
import { integersOf } from "../constant-tensor.ts";
import { defineOp, optional } from "../define-op.ts";
import type { Dim } from "../model.ts";
import { staticShape } from "../shapes.ts";
import { im2col } from "../windows/im2col.ts";
import { windowLengths, windowOf } from "../windows/window.ts";

export const col2Im = defineOp({
  name: "Col2Im",
  attributes: { dilations: optional.ints, pads: optional.ints, strides: optional.ints },
  inputs: [3, 3],
  infer({ inputs: [x], constant }) {
    const [image, block] = [constant(1), constant(2)];
    if (x!.shape === undefined || image === undefined || block === undefined)
      return [{ dtype: x!.dtype, shape: undefined }];
    const taps = integersOf(block).reduce((product, size) => product * size, 1);
    const [batch, columns] = x!.shape as [Dim, Dim];
    const channels = typeof columns === "number" ? columns / taps : `${columns}_channels`;
    return [{ dtype: x!.dtype, shape: [batch, channels, ...integersOf(image)] }];
  },
  // A transposed convolution that puts each tap of a channel in its place.
  onGpu({ g, inputs: [x], outputs: [y], attributes, constant }) {
    const kernel = integersOf(constant(2)!);
    const [batch, channels, ...lengths] = staticShape("Col2Im", y!) as [number, number, ...number[]];
    if (x!.dtype !== "float32") return undefined;
    const window = windowOf("Col2Im", y!, kernel, { ...attributes, auto_pad: "NOTSET" });
    const { strides, dilations, pads } = window;
    const positions = windowLengths(y!, window) as readonly number[];
    const taps = kernel.reduce((product, size) => product * size, 1);
    const places = new Float32Array(channels * taps * taps);
    for (let i = 0; i < channels * taps; i++) places[i * taps + (i % taps)] = 1;
    const leftover = lengths.map((length, axis) => {
      const reached = strides[axis]! * (positions[axis]! - 1) + dilations[axis]! * (kernel[axis]! - 1) + 1;
      return length - (reached - pads[axis]! - pads[axis + kernel.length]!);
    });
    const columns = g.reshape(x!, [batch, channels * taps, ...positions]);
    const weight = g.constant(float32(places, [channels * taps, 1, ...kernel]));
    const placement = { strides, dilations, pads, group: channels, output_padding: leftover };
    return [g.op("ConvTranspose", [columns, weight], placement)];
  },
  // Each column gets back what its window sees of dy.
  gradient({ g, inputs: [x], upstream: [dy], attributes, constant }) {
    staticShape("Col2Im", dy!);
    const window = windowOf("Col2Im", dy!, integersOf(constant(2)!), { ...attributes, auto_pad: "NOTSET" });
    const positions = windowLengths(dy!, window) as readonly number[];
    return [g.reshape(im2col(g, dy!, window, positions), x!.shape)];
  },
});
