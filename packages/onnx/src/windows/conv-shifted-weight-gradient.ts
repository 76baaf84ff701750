import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { staticShape } from "../shapes.ts";
import type { ConvOperands } from "./conv-weight-gradient.ts";

/** Whether every tap of a convolution over planes is the input and dY moved against each other. */
export const isShift = ({ x, window, group }: ConvOperands): boolean =>
  group === 1 &&
  x.dtype === "float32" &&
  window.kernel.length === 2 &&
  window.strides.every((stride) => stride === 1) &&
  window.kernel.some((size) => size > 1);

/**
 * dW of a convolution over planes without strides, in one product an example.
 *
 * A tap pairs X moved by its row and column with dY. The product of X moved by each column with dY moved back by each
 * row holds all pairs: so many copies of either are enough as the kernel has columns and rows, not of one as it has taps.
 */
export function convShiftedWeightGradient(g: GraphBuilder, { x, w, dy, window }: ConvOperands): Value {
  const [batch, channels, height, width] = staticShape("Conv", x) as [number, number, number, number];
  const [, maps, rows, columns] = staticShape("Conv", dy) as [number, number, number, number];
  const { kernel, dilations, pads } = window as { [K in keyof typeof window]: readonly [number, number] };
  const [tall, wide] = kernel;
  const seen = beside(g, x, wide, (tap) => {
    const start = pads[1] - tap * dilations[1];
    return { axis: 3, start, end: columns - width - start };
  });
  const told = beside(g, dy, tall, (tap) => {
    const start = tap * dilations[0] - pads[0];
    return { axis: 2, start, end: height - rows - start };
  });
  const count = height * columns;
  const product = matrixProduct(
    g,
    g.reshape(seen, [batch, wide * channels, count]),
    g.reshape(told, [batch, tall * maps, count]),
    { transB: true },
  );
  // Exchanges of two axes are much faster than one of all four.
  const sum = g.reshape(g.reduceSum(product, [0]), [wide * channels * tall, maps]);
  const byMap = g.reshape(g.transpose(sum, [1, 0]), [maps, wide, channels * tall]);
  return g.reshape(g.transpose(byMap, [0, 2, 1]), [...w.shape]);
}

/** Copies of a value, each moved along an axis by zeros at the start and the end, beside each other as channels. */
function beside(
  g: GraphBuilder,
  x: Value,
  taps: number,
  move: (tap: number) => { readonly axis: number; readonly start: number; readonly end: number },
): Value {
  const moved = Array.from({ length: taps }, (_, tap) => {
    const { axis, start, end } = move(tap);
    if (start === 0 && end === 0) return x;
    const pads = new Array<number>(8)
      .fill(0)
      .with(axis, start)
      .with(axis + 4, end);
    return g.op("Pad", [x, g.constant(pads, "int64")]);
  });
  return moved.length === 1 ? moved[0]! : g.concat(moved, 1);
}
