import { float32, int64 } from "@athanor/core";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { knownSize, staticShape } from "../shapes.ts";
import type { ConvOperands } from "./conv-weight-gradient.ts";
import type { Window } from "./window.ts";

/** Elements of columns that are worth writing down. */
const mostColumns = 2 ** 22;

/** Whether a plane has so few channels that all which its positions see is soon written down. */
export const hasFewColumns = ({ x, dy, window: { kernel }, group }: ConvOperands): boolean => {
  if (group > 1 || x.dtype !== "float32" || kernel.length !== 2) return false;
  const [batch, channels] = staticShape("Conv", x) as [number, number];
  const positions = knownSize(staticShape("Conv", dy).slice(2))!;
  return batch * channels * knownSize(kernel)! * positions <= mostColumns;
};

/** dW: one product an example, which all threads share, of dY and what each position saw. */
export function convColumnsWeightGradient(g: GraphBuilder, { x, w, dy, window }: ConvOperands): Value {
  const [batch, maps, ...positions] = staticShape("Conv", dy) as [number, number, number, number];
  const [tall, wide] = window.kernel as [number, number];
  const channels = staticShape("Conv", x)[1]!;
  const count = knownSize(positions)!;
  const seen = g.reshape(columnsSeen(g, x, window, positions), [batch, channels * wide * tall, count]);
  const product = matrixProduct(g, g.reshape(dy, [batch, maps, count]), seen, { transB: true });
  const sum = g.reshape(g.reduceSum(product, [0]), [maps * channels, wide, tall]);
  return g.reshape(g.transpose(sum, [0, 2, 1]), w.shape);
}

/**
 * What each position sees, `[batch, channels · columns of the kernel, rows of the kernel, ...positions]`.
 *
 * A convolution with ones in the right places moves the input by each column of the kernel, and is the fastest way to do so; moving
 * by rows is then a copy of whole rows.
 */
function columnsSeen(
  g: GraphBuilder,
  x: Value,
  { kernel, strides, dilations, pads }: Window,
  positions: readonly [number, number],
): Value {
  const channels = staticShape("Conv", x)[1]!;
  const [tall, wide] = kernel as [number, number];
  const taps = channels * wide;
  const ones = new Float32Array(taps * taps).map((_, i) => (i % (taps + 1) === 0 ? 1 : 0));
  const moved = g.op("Conv", [x, g.constant(float32(ones, [taps, channels, 1, wide]))], {
    strides: [1, strides[1]!],
    dilations: [1, dilations[1]!],
    pads,
  });
  const rows = Array.from({ length: tall }, (_, tap) =>
    Array.from({ length: positions[0] }, (_, position) => position * strides[0]! + tap * dilations[0]!),
  );
  return g.gather(moved, g.constant(int64(rows.flat(), [tall, positions[0]])), 2);
}
