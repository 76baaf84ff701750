import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim } from "../model.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { knownSize, staticShape } from "../shapes.ts";
import { convColumnsWeightGradient, hasFewColumns } from "./conv-columns-weight-gradient.ts";
import { convDepthwiseWeightGradient, isDepthwise } from "./conv-depthwise-weight-gradient.ts";
import { convRowsWeightGradient, hasRows, isSmallMap } from "./conv-rows.ts";
import { convShiftedWeightGradient, isShift } from "./conv-shifted-weight-gradient.ts";
import { firstTaps } from "./first-taps.ts";
import { im2col } from "./im2col.ts";
import type { Window } from "./window.ts";

/** Positions from which even few channels are worth a product; below, they are convolved with dY. */
const worthMoving = 1024;

/** A convolution's operands; of `dy`, a forward pass reads only the shape. */
export interface ConvOperands {
  /** `[batch, channels, …]` */
  readonly x: Value;
  /** `[maps, channels / group, …kernel]` */
  readonly w: Value;
  /** `[batch, maps, …positions]` */
  readonly dy: Value;
  readonly window: Window;
  readonly group: number;
}

/** dW: what each position saw, times dY, summed over batch and positions; the shapes say which form is fastest. */
export function convWeightGradient(g: GraphBuilder, operands: ConvOperands): Value {
  const { x, window, group } = operands;
  // What leaves its batch to the run is convolved: the other forms count examples.
  if (typeof x.shape[0] === "string") return fromConvolution(g, operands);
  const isPointwise = window.kernel.every((size) => size === 1);
  if (isDepthwise(operands) && window.kernel.length === 2) return convDepthwiseWeightGradient(g, operands);
  if (group > 1 || isPointwise) return fromColumns(g, operands);
  const isWide = hasRows(x) || knownSize(staticShape("Conv", operands.dy).slice(2))! >= worthMoving;
  if (isWide && isShift(operands) && !isSmallMap(operands)) return convShiftedWeightGradient(g, operands);
  if (hasRows(x)) return convRowsWeightGradient(g, operands);
  if (!isSmallMap(exchanged(operands)) && hasFewColumns(operands)) return convColumnsWeightGradient(g, operands);
  return x.dtype === "float32" ? fromConvolution(g, operands) : fromColumns(g, operands);
}

/** The operands of the convolution that `fromConvolution` writes. */
function exchanged({ x, w, dy, group }: ConvOperands) {
  const swap = ({ dtype, shape: [first, second, ...lengths] }: Value) => ({
    dtype,
    shape: [second!, first!, ...lengths],
  });
  return { x: swap(x), w: swap(dy), dy: swap(w), group };
}

/** The convolution of the input with dY, batch and channels of each group swapped: strides become gaps between taps, and the reverse. */
export function fromConvolution(
  g: GraphBuilder,
  { x, w, dy, window: { kernel, strides, dilations, pads }, group }: ConvOperands,
): Value {
  const swapped = [1, 0, ...kernel.map((_, axis) => axis + 2)];
  const product = g.op("Conv", [examplesOfGroups(g, x, group), g.transpose(dy, swapped)], {
    strides: dilations,
    dilations: strides,
    pads,
    group,
  });
  return g.reshape(g.transpose(firstTaps(g, product, kernel), swapped), w.shape);
}

/** `[batch, channels, …]` → `[channels / group, group · batch, …]` */
function examplesOfGroups(g: GraphBuilder, x: Value, group: number): Value {
  const [batch, channels, ...lengths] = x.shape as readonly [Dim, number, ...number[]];
  const rest = lengths.map((_, axis) => axis + 2);
  if (group === 1) return g.transpose(x, [1, 0, ...rest]);
  const grouped = g.reshape(x, [batch, group, channels / group, ...lengths]);
  return g.reshape(g.transpose(grouped, [2, 1, 0, ...rest.map((axis) => axis + 1)]), [
    channels / group,
    -1,
    ...lengths,
  ]);
}

/** One product a group and example over the columns of each; the batch is folded in where that is the smaller product. */
function fromColumns(g: GraphBuilder, { x, w, dy, window, group }: ConvOperands): Value {
  const [batch, maps, ...positions] = staticShape("Conv", dy) as [number, number, ...number[]];
  const channels = staticShape("Conv", x)[1]!;
  const count = knownSize(positions)!;
  const depth = (channels / group) * knownSize(window.kernel)!;
  const seen = im2col(g, x, window, positions);
  if (group === 1 && maps > count) {
    const rows = g.reshape(g.transpose(g.reshape(dy, [batch, maps, count]), [1, 0, 2]), [maps, batch * count]);
    const columns = g.reshape(g.transpose(g.reshape(seen, [batch, depth, count]), [1, 0, 2]), [depth, batch * count]);
    return g.reshape(matrixProduct(g, rows, columns, { transB: true }), w.shape);
  }
  const rows = g.reshape(dy, [batch, group, maps / group, count]);
  const columns = g.reshape(seen, [batch, group, depth, count]);
  return g.reshape(g.reduceSum(matrixProduct(g, rows, columns, { transB: true }), [0]), w.shape);
}
