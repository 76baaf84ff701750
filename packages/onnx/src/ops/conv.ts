import { convShape } from "../conv-shape.ts";
import { defineOp, int, optional, string } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph-builder.ts";
import { im2col } from "../im2col.ts";
import { matrixProduct } from "../matrix-product.ts";
import { staticShape } from "../shapes.ts";
import { type Window, windowOf } from "../window.ts";

export const conv = defineOp({
  name: "Conv",
  attributes: {
    auto_pad: string<"NOTSET" | "SAME_UPPER" | "SAME_LOWER" | "VALID">("NOTSET"),
    dilations: optional.ints,
    group: int(1),
    kernel_shape: optional.ints,
    pads: optional.ints,
    strides: optional.ints,
  },
  inputs: [2, 3],
  infer: ({ inputs: [x, w], attributes }) => [{ dtype: x!.dtype, shape: convShape("Conv", x!, w!, attributes) }],
  gradient({ g, inputs: [x, w], upstream: [dy], attributes, wants }) {
    const kernel = staticShape("Conv", w!).slice(2);
    const window = windowOf("Conv", x!, kernel, attributes);
    const axes = [0, ...kernel.map((_, axis) => axis + 2)];
    return [
      wants(0) ? inputGradient(g, x!, w!, dy!, window, attributes.group) : undefined,
      wants(1) ? weightGradient(g, x!, w!, dy!, window, attributes.group) : undefined,
      wants(2) ? g.reduceSum(dy!, axes) : undefined,
    ];
  },
});

/** dX is the transposed convolution of dY, with what striding left over put back at the end. */
function inputGradient(
  g: GraphBuilder,
  x: Value,
  w: Value,
  dy: Value,
  { kernel, strides, dilations, pads }: Window,
  group: number,
): Value {
  const [inputs, outputs] = [staticShape("Conv", x).slice(2), staticShape("Conv", dy).slice(2)];
  const leftover = kernel.map((size, axis) => {
    const reached = strides[axis]! * (outputs[axis]! - 1) + dilations[axis]! * (size - 1) + 1;
    return inputs[axis]! - (reached - pads[axis]! - pads[axis + kernel.length]!);
  });
  return g.op("ConvTranspose", [dy, w], { strides, dilations, pads, group, output_padding: leftover });
}

/** dW is dY times what each position saw, as one product a group; the batch is folded in where that is the smaller product. */
function weightGradient(g: GraphBuilder, x: Value, w: Value, dy: Value, window: Window, group: number): Value {
  const [batch, maps, ...positions] = staticShape("Conv", dy) as [number, number, ...number[]];
  const channels = staticShape("Conv", x)[1]!;
  const count = positions.reduce((product, length) => product * length, 1);
  const taps = window.kernel.reduce((product, size) => product * size, 1);
  const seen = im2col(g, x, window, positions);
  const depth = (channels / group) * taps;
  if (group === 1 && maps > count) {
    const rows = g.reshape(g.transpose(g.reshape(dy, [batch, maps, count]), [1, 0, 2]), [maps, batch * count]);
    const columns = g.reshape(g.transpose(g.reshape(seen, [batch, depth, count]), [1, 0, 2]), [depth, batch * count]);
    return g.reshape(matrixProduct(g, rows, columns, { transB: true }), w.shape);
  }
  const rows = g.reshape(dy, [batch, group, maps / group, count]);
  const columns = g.reshape(seen, [batch, group, depth, count]);
  return g.reshape(g.reduceSum(matrixProduct(g, rows, columns, { transB: true }), [0]), w.shape);
}
