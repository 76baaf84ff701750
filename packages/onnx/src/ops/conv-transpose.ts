import { defineOp, int, optional, string } from "../define-op.ts";
import type { Dim } from "../model.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { spatialShape, staticShape } from "../shapes.ts";
import { fromConvolution } from "../windows/conv-weight-gradient.ts";
import { im2col } from "../windows/im2col.ts";

export const convTranspose = defineOp({
  name: "ConvTranspose",
  attributes: {
    auto_pad: string<"NOTSET" | "SAME_UPPER" | "SAME_LOWER" | "VALID">("NOTSET"),
    dilations: optional.ints,
    group: int(1),
    kernel_shape: optional.ints,
    output_padding: optional.ints,
    output_shape: optional.ints,
    pads: optional.ints,
    strides: optional.ints,
  },
  inputs: [2, 3],
  infer({ inputs: [x, w], attributes }) {
    if (x!.shape === undefined || w!.shape === undefined) return [{ dtype: x!.dtype, shape: undefined }];
    const [, maps, ...kernel] = w!.shape as readonly [Dim, Dim, ...number[]];
    const lengths = x!.shape.slice(2).map((length, axis): Dim => {
      if (typeof length === "string") return attributes.output_shape?.at(axis - kernel.length) ?? `${length}_spread`;
      return placement(length, axis, kernel, attributes).length;
    });
    return [
      { dtype: x!.dtype, shape: [x!.shape[0]!, typeof maps === "number" ? maps * attributes.group : maps, ...lengths] },
    ];
  },
  // The adjoint of a convolution is that convolution: dX = Conv(dY, W); dW pairs what dY shows each position with X.
  gradient({ g, inputs: [x, w], upstream: [dy], attributes, wants }) {
    const { group } = attributes;
    const kernel = staticShape("ConvTranspose", w!).slice(2);
    const positions = spatialShape("ConvTranspose", x!);
    const places = positions.map((length, axis) => placement(length, axis, kernel, attributes));
    const window = {
      kernel,
      strides: attributes.strides ?? kernel.map(() => 1),
      dilations: attributes.dilations ?? kernel.map(() => 1),
      pads: [...places.map(({ start }) => start), ...places.map(({ end }) => end)],
    };
    const weight = () => {
      if (typeof x!.shape[0] === "string") return fromConvolution(g, { x: dy!, w: w!, dy: x!, window, group });
      const [batch, channels] = x!.shape as readonly number[];
      const maps = dy!.shape[1] as number;
      const count = positions.reduce((product, length) => product * length, 1);
      const columns = im2col(g, dy!, window, positions);
      const rows = g.reshape(x!, [batch!, group, channels! / group, count]);
      const depth = (maps / group) * kernel.reduce((product, size) => product * size, 1);
      const product = matrixProduct(g, rows, g.reshape(columns, [batch!, group, depth, count]), { transB: true });
      return g.reshape(g.reduceSum(product, [0]), w!.shape);
    };
    const { strides, dilations, pads } = window;
    return [
      wants(0) ? g.op("Conv", [dy, w], { strides, dilations, pads, group }) : undefined,
      wants(1) ? weight() : undefined,
      wants(2) ? g.reduceSum(dy!, [0, ...kernel.map((_, axis) => axis + 2)]) : undefined,
    ];
  },
});

interface PlacementAttributes {
  readonly auto_pad: string;
  readonly strides: readonly number[] | undefined;
  readonly dilations: readonly number[] | undefined;
  readonly pads: readonly number[] | undefined;
  readonly output_padding: readonly number[] | undefined;
  readonly output_shape: readonly number[] | undefined;
}

/** How long an output axis is, and what is cut off at its ends. */
function placement(input: number, axis: number, kernel: readonly number[], attributes: PlacementAttributes) {
  const { auto_pad: mode, pads, output_shape } = attributes;
  const rank = kernel.length;
  const stride = attributes.strides?.[axis] ?? 1;
  const rest = attributes.output_padding?.[axis] ?? 0;
  const bare = stride * (input - 1) + (kernel[axis]! - 1) * (attributes.dilations?.[axis] ?? 1) + 1;
  const isSame = mode === "SAME_UPPER" || mode === "SAME_LOWER";
  const given = output_shape?.at(axis - rank) ?? (isSame ? input * stride : undefined);
  if (given === undefined) {
    const [start, end] = mode === "VALID" ? [0, 0] : [pads?.[axis] ?? 0, pads?.[axis + rank] ?? 0];
    return { length: bare + rest - start - end, start, end };
  }
  const total = Math.max(0, bare + rest - given);
  const [small, large] = [Math.floor(total / 2), Math.ceil(total / 2)];
  const [start, end] = mode === "SAME_UPPER" ? [small, large] : [large, small];
  return { length: given, start, end };
}
