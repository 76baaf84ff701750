import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { matrixProduct } from "../rules/matrix-product.ts";
import { knownSize, spatialShape, staticShape } from "../shapes.ts";
import { isDepthwise } from "./conv-depthwise-weight-gradient.ts";
import { convRowsInputGradient, isSmallMap } from "./conv-rows.ts";
import type { ConvOperands } from "./conv-weight-gradient.ts";
import type { Window } from "./window.ts";

/** Positions from which a convolution of dY is faster than a product that is added up. */
const worthConvolving = 196;
/** Positions below which a product over the whole batch is faster than one an example. */
const worthFolding = 64;

/** dX: every position's part of dY, times the weights, added up where the position had looked; the shapes say in which form. */
export function convInputGradient(g: GraphBuilder, operands: ConvOperands): Value {
  const { x, w, dy, window, group } = operands;
  const positions = spatialShape("Conv", dy);
  if ((group > 1 && !isDepthwise(operands)) || positions.length !== 2 || x.dtype !== "float32")
    return fromTransposed(g, operands);
  const isDense = window.strides.every((stride) => stride === 1);
  const reach = window.kernel.map((size, axis) => (size - 1) * window.dilations[axis]!);
  const fits = window.pads.every((pad, i) => pad <= reach[i % reach.length]!);
  const isOpen = typeof x.shape[0] === "string";
  if (group > 1 || isOpen) return isDense && fits ? fromReversed(g, operands, reach) : fromTransposed(g, operands);
  const isPointwise = isDense && window.kernel.every((size) => size === 1) && window.pads.every((pad) => pad === 0);
  if (isPointwise) return g.reshape(columnsOf(g, w, dy), x.shape);
  if (isDense && isSmallMap(operands)) return convRowsInputGradient(g, operands);
  if (isDense && fits && knownSize(positions)! >= worthConvolving) return fromReversed(g, operands, reach);
  const lengths = staticShape("Conv", x).slice(2);
  return g.op(
    "Col2Im",
    [columnsOf(g, w, dy), g.constant(lengths, "int64"), g.constant(window.kernel, "int64")],
    placement(window),
  );
}

const placement = ({ strides, dilations, pads }: Window) => ({ strides, dilations, pads });

/** `[batch, channels · taps, positions]`: what each position gives to each place that it has seen. */
function columnsOf(g: GraphBuilder, w: Value, dy: Value): Value {
  const [batch, maps, ...positions] = staticShape("Conv", dy) as [number, number, ...number[]];
  const count = knownSize(positions)!;
  const depth = knownSize(w.shape)! / maps;
  const flat = g.reshape(dy, [batch, maps, count]);
  if (count >= worthFolding) return matrixProduct(g, g.reshape(w, [1, maps, depth]), flat, { transA: true });
  const folded = g.reshape(g.transpose(flat, [1, 0, 2]), [maps, batch * count]);
  const product = matrixProduct(g, g.reshape(w, [maps, depth]), folded, { transA: true });
  return g.transpose(g.reshape(product, [depth, batch, count]), [1, 0, 2]);
}

/** Without strides: dY convolved with the taps in reverse, channels and maps swapped unless each has one of the other. */
function fromReversed(g: GraphBuilder, { w, dy, window, group }: ConvOperands, reach: readonly number[]): Value {
  const { pads, dilations, kernel } = window;
  const [maps, channels] = staticShape("Conv", w) as [number, number];
  const taps = knownSize(kernel)!;
  const order = g.constant(
    Array.from({ length: taps }, (_, i) => taps - 1 - i),
    "int64",
  );
  const reversed = g.gather(g.reshape(w, [maps, channels, taps]), order, 2);
  const swapped =
    group > 1
      ? g.reshape(reversed, [maps, 1, ...kernel])
      : g.reshape(g.transpose(reversed, [1, 0, 2]), [channels, maps, ...kernel]);
  return g.op("Conv", [dy, swapped], { group, dilations, pads: pads.map((pad, i) => reach[i % reach.length]! - pad) });
}

/** The transposed convolution, with what striding left over put back at the end. */
function fromTransposed(g: GraphBuilder, { x, w, dy, window, group }: ConvOperands): Value {
  const { kernel, strides, dilations, pads } = window;
  const [inputs, outputs] = [spatialShape("Conv", x), spatialShape("Conv", dy)];
  const leftover = kernel.map((size, axis) => {
    const reached = strides[axis]! * (outputs[axis]! - 1) + dilations[axis]! * (size - 1) + 1;
    return inputs[axis]! - (reached - pads[axis]! - pads[axis + kernel.length]!);
  });
  return g.op("ConvTranspose", [dy, w], { ...placement(window), group, output_padding: leftover });
}
