import { defineOp, int, optional, string } from "../define-op.ts";
import { im2col } from "../im2col.ts";
import { matrixProduct } from "../matrix-product.ts";
import type { Dim, ValueType } from "../model.ts";
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
    if (x!.shape === undefined || w!.shape === undefined) return [{ dtype: x!.dtype, shape: undefined }];
    const [, maps, ...kernel] = w!.shape as readonly [Dim, Dim, ...number[]];
    const { strides, dilations, pads, extra } = placement(x!, kernel, attributes);
    const lengths = kernel.map((size, axis): Dim => {
      const length = x!.shape![axis + 2]!;
      if (typeof length === "string") return `${length}_spread`;
      const reach = strides[axis]! * (length - 1) + extra[axis]! + (size - 1) * dilations[axis]! + 1;
      return reach - pads[axis]! - pads[axis + kernel.length]!;
    });
    const { group } = attributes;
    return [{ dtype: x!.dtype, shape: [x!.shape[0]!, typeof maps === "number" ? maps * group : maps, ...lengths] }];
  },
  // The adjoint of a convolution is that convolution: dX = Conv(dY, W); dW pairs what dY shows each position with X.
  gradient({ g, inputs: [x, w], upstream: [dy], attributes, wants }) {
    const { group } = attributes;
    const kernel = staticShape("ConvTranspose", w!).slice(2);
    const { strides, dilations, pads } = placement(x!, kernel, attributes);
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
  readonly auto_pad: string;
  readonly strides: readonly number[] | undefined;
  readonly dilations: readonly number[] | undefined;
  readonly pads: readonly number[] | undefined;
  readonly output_padding: readonly number[] | undefined;
  readonly output_shape: readonly number[] | undefined;
}

/** Resolves the attributes: a wanted length, or a rule for it, says how much is cut off at both ends, or added at the last. */
function placement(
  x: ValueType,
  kernel: readonly number[],
  { auto_pad: mode, strides: given, dilations: gaps, pads, output_padding, output_shape }: Placement,
) {
  const strides = given ?? kernel.map(() => 1);
  const dilations = gaps ?? kernel.map(() => 1);
  const extra = output_padding ?? kernel.map(() => 0);
  const none = new Array<number>(2 * kernel.length).fill(0);
  if (output_shape === undefined && (mode === "NOTSET" || mode === "VALID"))
    return { strides, dilations, extra, pads: mode === "VALID" ? none : (pads ?? none) };
  const surplus = kernel.map((size, axis) => {
    const length = x.shape![axis + 2];
    if (typeof length !== "number") throw shapeError("ConvTranspose", "known lengths for auto_pad or output_shape", x);
    const wanted = output_shape?.slice(-kernel.length)[axis] ?? length * strides[axis]!;
    return strides[axis]! * (length - 1) + extra[axis]! + (size - 1) * dilations[axis]! + 1 - wanted;
  });
  const totals = surplus.map((total) => Math.max(0, total));
  const added = extra.map((length, axis) => length + Math.max(0, -surplus[axis]!));
  const small = totals.map((total) => Math.floor(total / 2));
  const large = totals.map((total, axis) => total - small[axis]!);
  const ends = mode === "SAME_UPPER" ? [...small, ...large] : [...large, ...small];
  return { strides, dilations, extra: added, pads: ends };
}
