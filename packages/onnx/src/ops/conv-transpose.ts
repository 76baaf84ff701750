import { defineOp, int, optional, string } from "../define-op.ts";
import { im2col } from "../im2col.ts";
import { matrixProduct } from "../matrix-product.ts";
import type { Dim } from "../model.ts";
import { shapeError, staticShape } from "../shapes.ts";

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
    if (x!.shape === undefined) return [x!];
    if (attributes.auto_pad !== "NOTSET" || attributes.output_shape)
      throw shapeError("ConvTranspose", "explicit pads", x, w);
    const { group } = attributes;
    const [, maps, ...kernel] = w!.shape as readonly number[];
    const { strides, dilations, pads, extra } = placement(kernel, attributes);
    const lengths = kernel.map((size, axis): Dim => {
      const length = x!.shape![axis + 2]!;
      if (typeof length === "string") return `${length}_spread`;
      return (
        strides[axis]! * (length - 1) +
        extra[axis]! +
        (size - 1) * dilations[axis]! +
        1 -
        pads[axis]! -
        pads[axis + kernel.length]!
      );
    });
    return [{ dtype: x!.dtype, shape: [x!.shape[0]!, maps! * group, ...lengths] }];
  },
  // The adjoint of a convolution is that convolution: dX = Conv(dY, W); dW pairs what dY shows each position with X.
  gradient({ g, inputs: [x, w], upstream: [dy], attributes, wants }) {
    const { group } = attributes;
    const kernel = staticShape("ConvTranspose", w!).slice(2);
    const { strides, dilations, pads } = placement(kernel, attributes);
    const [batch, channels, ...positions] = staticShape("ConvTranspose", x!) as [number, number, ...number[]];
    const maps = staticShape("ConvTranspose", dy!)[1]!;
    const count = positions.reduce((product, length) => product * length, 1);
    const taps = kernel.reduce((product, size) => product * size, 1);
    const weight = () => {
      const seen = g.reshape(im2col(g, dy!, { kernel, strides, dilations, pads }, positions), [
        batch,
        group,
        (maps / group) * taps,
        count,
      ]);
      const rows = g.reshape(x!, [batch, group, channels / group, count]);
      return g.reshape(g.reduceSum(matrixProduct(g, rows, seen, { transB: true }), [0]), w!.shape);
    };
    return [
      wants(0) ? g.op("Conv", [dy, w], { strides, dilations, pads, group }) : undefined,
      wants(1) ? weight() : undefined,
      wants(2) ? g.reduceSum(dy!, [0, ...kernel.map((_, axis) => axis + 2)]) : undefined,
    ];
  },
});

interface Placement {
  readonly strides: readonly number[] | undefined;
  readonly dilations: readonly number[] | undefined;
  readonly pads: readonly number[] | undefined;
  readonly output_padding: readonly number[] | undefined;
}

const placement = (kernel: readonly number[], { strides, dilations, pads, output_padding }: Placement) => ({
  strides: strides ?? kernel.map(() => 1),
  dilations: dilations ?? kernel.map(() => 1),
  pads: pads ?? new Array<number>(2 * kernel.length).fill(0),
  extra: output_padding ?? kernel.map(() => 0),
});
