import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { knownSize, staticShape } from "../shapes.ts";
import type { ConvOperands } from "./conv-weight-gradient.ts";
import { tapsOf } from "./im2col.ts";
import type { Window } from "./window.ts";

/** Channels from which a position is worth copying as one run. */
const fewestChannels = 16;
/** Positions up to which one product over the whole batch is faster than the runtime's convolution, one an example. */
const mostPositions = 100;
/** Elements of gathered columns at a time; more of them leave the caches, and fill the memory of a large network. */
const mostColumns = 2 ** 22;

type Sized = Pick<Value, "dtype" | "shape">;

/** Whether a position's channels are worth gathering as rows. */
export const hasRows = (x: Sized): boolean => staticShape("Conv", x)[1]! >= fewestChannels;

/** Whether a convolution is faster as one product of rows: a small map, many channels, more than one tap. */
export const isSmallMap = ({
  x,
  w,
  dy,
  group,
}: Readonly<Record<"x" | "w" | "dy", Sized>> & Pick<ConvOperands, "group">): boolean =>
  group === 1 &&
  x.dtype === "float32" &&
  [x, w, dy].every(({ shape }) => shape.every((length) => typeof length === "number")) &&
  hasRows(x) &&
  hasRows(dy) &&
  knownSize(w.shape.slice(2))! > 1 &&
  knownSize(dy.shape.slice(2))! <= mostPositions &&
  knownSize(x.shape.slice(2))! <= 4 * mostPositions;

/** Which place of an axis a tap sees from a position; outside of the axis where it sees none. */
type Sight = (position: number, tap: number, axis: number) => number;

/**
 * What each position sees, channels last, the batch in pieces that fit the caches: `[batch, channels, …]` →
 * `[pieces][examples · positions, taps · channels]`.
 */
function rowsSeen(
  g: GraphBuilder,
  x: Value,
  {
    kernel,
    positions,
    sight,
  }: { readonly kernel: readonly number[]; readonly positions: readonly number[]; readonly sight: Sight },
): readonly Value[] {
  const [batch, channels, ...lengths] = staticShape("Conv", x) as [number, number, ...number[]];
  const count = knownSize(lengths)!;
  const seen = tapsOf(positions).flatMap((position) =>
    tapsOf(kernel).map((tap) => {
      const place = position.map((at, axis) => sight(at, tap[axis]!, axis));
      const isInside = place.every((at, axis) => at >= 0 && at < lengths[axis]!);
      return isInside ? place.reduce((row, at, axis) => row * lengths[axis]! + at, 0) : count;
    }),
  );
  const rows = g.reshape(lastChannel(g, x), [batch, count, channels]);
  // One row of zeros stands for everything outside.
  const padded = seen.includes(count) ? g.op("Pad", [rows, g.constant([0, 0, 0, 0, 1, 0], "int64")]) : rows;
  const index = g.constant(seen, "int64");
  const depth = knownSize(kernel)! * channels;
  return pieces(batch, knownSize(positions)! * depth).map(([begin, end]) => {
    const part = end - begin === batch ? padded : sliceBatch(g, padded, begin, end);
    return g.reshape(g.gather(part, index, 1), [(end - begin) * knownSize(positions)!, depth]);
  });
}

const pieces = (batch: number, each: number): readonly (readonly [number, number])[] => {
  const count = Math.min(batch, Math.ceil((batch * each) / mostColumns));
  return Array.from({ length: count }, (_, i) => [
    Math.floor((i * batch) / count),
    Math.floor(((i + 1) * batch) / count),
  ]);
};

/** `[batch, channels, …]` → `[batch, …, channels]`, and back. */
const lastChannel = (g: GraphBuilder, x: Value): Value =>
  g.transpose(x, [0, ...x.shape.slice(2).map((_, i) => i + 2), 1]);
const firstChannel = (g: GraphBuilder, x: Value): Value =>
  g.transpose(x, [0, x.shape.length - 1, ...x.shape.slice(2).map((_, i) => i + 1)]);

function sliceBatch(g: GraphBuilder, value: Value, begin: number, end: number): Value {
  const [from, to, axes] = [begin, end, 0].map((number) => g.constant([number], "int64"));
  return g.op("Slice", [value, from, to, axes]);
}

const forwards =
  ({ strides, dilations, pads }: Window): Sight =>
  (position, tap, axis) =>
    position * strides[axis]! + tap * dilations[axis]! - pads[axis]!;

const seenBy = (g: GraphBuilder, { x, dy, window }: ConvOperands): readonly Value[] =>
  rowsSeen(g, x, { kernel: window.kernel, positions: staticShape("Conv", dy).slice(2), sight: forwards(window) });

/** Y: what each position sees times the weights, as one product; `dy` gives Y's shape. */
export function convRows(g: GraphBuilder, operands: ConvOperands): Value {
  const { w, dy } = operands;
  const [batch, maps, ...positions] = staticShape("Conv", dy) as [number, number, ...number[]];
  const weights = g.reshape(lastChannel(g, w), [maps, knownSize(w.shape)! / maps]);
  const products = seenBy(g, operands).map((rows) => matrixProduct(g, rows, weights, { transB: true }));
  const y = products.length === 1 ? products[0]! : g.concat(products, 0);
  return firstChannel(g, g.reshape(y, [batch, ...positions, maps]));
}

/** dW: dY times what each position saw, summed over batch and positions by the product itself. */
export function convRowsWeightGradient(g: GraphBuilder, operands: ConvOperands): Value {
  const { x, dy, window } = operands;
  const [batch, maps, ...positions] = staticShape("Conv", dy) as [number, number, ...number[]];
  const channels = staticShape("Conv", x)[1]!;
  const upstream = lastChannel(g, dy);
  const count = knownSize(positions)!;
  const split = pieces(batch, count * knownSize(window.kernel)! * channels);
  const products = seenBy(g, operands).map((rows, i) => {
    const [begin, end] = split[i]!;
    const part = end - begin === batch ? upstream : sliceBatch(g, upstream, begin, end);
    return matrixProduct(g, g.reshape(part, [(end - begin) * count, maps]), rows, { transA: true });
  });
  const sum = products.length === 1 ? products[0]! : g.op("Sum", products);
  return firstChannel(g, g.reshape(sum, [maps, ...window.kernel, channels]));
}

/** dX without strides: each place looks back at the positions that saw it. */
export function convRowsInputGradient(g: GraphBuilder, { x, w, dy, window }: ConvOperands): Value {
  const { kernel, dilations, pads } = window;
  const [batch, channels, ...lengths] = staticShape("Conv", x) as [number, number, ...number[]];
  const maps = staticShape("Conv", dy)[1]!;
  const taps = knownSize(kernel)!;
  const sight: Sight = (place, tap, axis) => place + pads[axis]! - tap * dilations[axis]!;
  const byTap = g.transpose(g.reshape(lastChannel(g, w), [maps, taps, channels]), [1, 0, 2]);
  const weights = g.reshape(byTap, [taps * maps, channels]);
  const products = rowsSeen(g, dy, { kernel, positions: lengths, sight }).map((rows) => g.matMul(rows, weights));
  const dx = products.length === 1 ? products[0]! : g.concat(products, 0);
  return firstChannel(g, g.reshape(dx, [batch, ...lengths, channels]));
}
