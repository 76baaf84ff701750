import type { GraphBuilder, Value } from "./graph-builder.ts";
import { im2col, tapsOf } from "./im2col.ts";
import { matrixProduct } from "./matrix-product.ts";
import { knownSize, staticShape } from "./shapes.ts";
import type { Window } from "./window.ts";

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

/** Channels from which a position is worth copying as one run. */
const fewestChannels = 16;
/** Elements of gathered columns at a time; more of them leave the caches, and fill the memory of a large network. */
const mostColumns = 2 ** 22;

/** dW: what each position saw, times dY, summed over batch and positions; the shapes say which form is fastest. */
export function convWeightGradient(g: GraphBuilder, operands: ConvOperands): Value {
  const { x, window, group } = operands;
  const channels = staticShape("Conv", x)[1]!;
  const isPointwise = window.kernel.every((size) => size === 1);
  if (group > 1 || isPointwise) return fromColumns(g, operands);
  if (channels >= fewestChannels) return fromRows(g, operands);
  return x.dtype === "float32" ? fromConvolution(g, operands) : fromColumns(g, operands);
}

/** One product of `[maps, batch · positions]` and `[batch · positions, taps · channels]`, channels last, the batch in pieces. */
function fromRows(g: GraphBuilder, { x, dy, window }: ConvOperands): Value {
  const { kernel, pads } = window;
  const rank = kernel.length;
  const [batch, maps, ...positions] = staticShape("Conv", dy) as [number, number, ...number[]];
  const channels = staticShape("Conv", x)[1]!;
  const toLast = [0, ...kernel.map((_, axis) => axis + 2), 1];
  const last = g.transpose(x, toLast);
  const padded = pads.some((pad) => pad > 0)
    ? g.op("Pad", [last, g.constant([0, ...pads.slice(0, rank), 0, 0, ...pads.slice(rank), 0], "int64")])
    : last;
  const lengths = staticShape("Conv", padded).slice(1, -1);
  const rows = g.reshape(padded, [batch, knownSize(lengths)!, channels]);
  const seen = g.constant(seenRows(window, lengths, positions), "int64");
  const upstream = g.transpose(dy, toLast);

  const count = knownSize(positions)!;
  const depth = knownSize(kernel)! * channels;
  const pieces = Math.min(batch, Math.ceil((batch * count * depth) / mostColumns));
  const products = Array.from({ length: pieces }, (_, i) => {
    const [begin, end] = [i, i + 1].map((piece) => Math.floor((piece * batch) / pieces)) as [number, number];
    const part = (value: Value) => (pieces === 1 ? value : sliceBatch(g, value, begin, end));
    const flat = (end - begin) * count;
    const columns = g.reshape(g.gather(part(rows), seen, 1), [flat, depth]);
    return matrixProduct(g, g.reshape(part(upstream), [flat, maps]), columns, { transA: true });
  });
  const sum = products.length === 1 ? products[0]! : g.op("Sum", products);
  const back = [0, rank + 1, ...kernel.map((_, axis) => axis + 1)];
  return g.transpose(g.reshape(sum, [maps, ...kernel, channels]), back);
}

/** For each position and tap, position after position, the row of the flattened input that it sees. */
function seenRows(
  { kernel, strides, dilations }: Window,
  lengths: readonly number[],
  positions: readonly number[],
): readonly number[] {
  const rowOf = (place: readonly number[]) => place.reduce((row, at, axis) => row * lengths[axis]! + at, 0);
  const taps = tapsOf(kernel).map((tap) => rowOf(tap.map((at, axis) => at * dilations[axis]!)));
  return tapsOf(positions).flatMap((position) => {
    const corner = rowOf(position.map((at, axis) => at * strides[axis]!));
    return taps.map((tap) => corner + tap);
  });
}

function sliceBatch(g: GraphBuilder, value: Value, begin: number, end: number): Value {
  const [from, to, axes] = [begin, end, 0].map((number) => g.constant([number], "int64"));
  return g.op("Slice", [value, from, to, axes]);
}

/** The convolution of the input with dY, batch and channels swapped: strides become gaps between taps, and the reverse. */
function fromConvolution(
  g: GraphBuilder,
  { x, w, dy, window: { kernel, strides, dilations, pads } }: ConvOperands,
): Value {
  const swapped = [1, 0, ...kernel.map((_, axis) => axis + 2)];
  const product = g.op("Conv", [g.transpose(x, swapped), g.transpose(dy, swapped)], {
    strides: dilations,
    dilations: strides,
    pads,
  });
  const isExact = kernel.every((size, axis) => product.shape[axis + 2] === size);
  const exact = isExact
    ? product
    : g.op("Slice", [
        product,
        g.constant(
          kernel.map(() => 0),
          "int64",
        ),
        g.constant(kernel, "int64"),
        g.constant(
          kernel.map((_, axis) => axis + 2),
          "int64",
        ),
      ]);
  return g.reshape(g.transpose(exact, swapped), w.shape);
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
