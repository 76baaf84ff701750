import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { shapeOf } from "../rules/shape-of.ts";
import { spatialShape } from "../shapes.ts";
import type { Window } from "./window.ts";

/** Windows along one axis: `taps` places from `strides` times the window's number less `pad`. */
interface AxisWindow {
  readonly axis: number;
  readonly taps: number;
  readonly stride: number;
  readonly pad: number;
}

/**
 * The gradient of maxima over windows without dilation: of equal maxima the first in row-major order gets it, the one that the
 * runtime's indices name. Axis by axis, comparing a value with the maxima along that axis: the first row that holds a window's
 * maximum, and in it the first column, are its first place.
 */
export function toFirstMaxima(
  g: GraphBuilder,
  { x, y, dy, window, ceil }: { x: Value; y: Value; dy: Value; window: Window; ceil: number },
): Value {
  const { kernel, strides, pads } = window;
  const rank = kernel.length;
  const axes = kernel.map((taps, i): AxisWindow => ({ axis: 2 + i, taps, stride: strides[i]!, pad: pads[i]! }));
  // What is pooled along the last axes, from all of them, which is y, to none, which is x.
  const pooled = [x];
  for (let i = rank - 1; i > 0; i--) {
    const only = (values: readonly number[], other: number) =>
      values.map((value, k) => (k % rank === i ? value : other));
    const attributes = {
      kernel_shape: only(kernel, 1),
      strides: only(strides, 1),
      pads: only(pads, 0),
      ceil_mode: ceil,
    };
    pooled.unshift(g.op("MaxPool", [pooled[0]!], attributes));
  }
  return axes.reduce((slopes, along, i) => backAlong(g, along, pooled[i]!, i === 0 ? y : pooled[i - 1]!, slopes), dy);
}

/** Steep enough that any float below zero maps to 0, and zero itself to 1. */
const steep = 3e38;
/** What stands beside the input, below anything that counts. */
const lowest = -3.4028234663852886e38;

/** What goes back to the values along an axis from the maxima of its windows. */
function backAlong(g: GraphBuilder, { axis, taps, stride, pad }: AxisWindow, x: Value, y: Value, dy: Value): Value {
  const [length, count] = [x, y].map((value) => spatialShape("MaxPool", value)[axis - 2]!) as [number, number];
  if (taps === 1 && stride === 1 && length === count) return dy;
  // In groups of a stride, the places that a tap reads lie side by side.
  const groups = Math.max(count + Math.ceil(taps / stride) - 1, Math.ceil((length + pad) / stride));
  const around = (before: number, after: number) =>
    g.constant(
      Array.from({ length: 2 * x.shape.length }, (_, i) =>
        i === axis ? before : i === x.shape.length + axis ? after : 0,
      ),
      "int64",
    );
  const filler = g.constant(lowest, x.dtype as "float32");
  const wide = g.op("Pad", [x, around(pad, groups * stride - pad - length), filler]);
  const inner = g.constant([axis + 1], "int64");
  const phases =
    stride === 1
      ? [wide]
      : g
          .ops(
            "Split",
            [g.reshape(wide, wide.shape.toSpliced(axis, 1, groups, stride)), ones(g, stride)],
            { axis: axis + 1 },
            { outputs: stride },
          )
          .map((phase) => g.op("Squeeze", [phase, inner]));
  const at = (tap: number) => {
    const from = Math.floor(tap / stride);
    const bounds = [[from], [from + count], [axis]].map((place) => g.constant(place, "int64"));
    return g.op("Slice", [phases[tap % stride]!, ...bounds]);
  };
  // The first tap that holds the maximum takes the gradient, and none is left for those after it.
  let left = dy;
  const parts: Value[][] = phases.map(() => []);
  for (let tap = 0; tap < taps; tap++) {
    const isLast = tap === taps - 1;
    const taken = isLast ? left : g.mul(left, isMaximum(g, at(tap), y));
    if (!isLast) left = g.sub(left, taken);
    const from = Math.floor(tap / stride);
    parts[tap % stride]!.push(g.op("Pad", [taken, around(from, groups - count - from)]));
  }
  const none = () => g.op("ConstantOfShape", [shapeOf(g, phases[0]!)], { value: g.zero(dy.dtype) });
  const sums = parts.map((terms) => (terms.length === 0 ? none() : terms.reduce((sum, term) => g.add(sum, term))));
  const whole =
    stride === 1
      ? sums[0]!
      : g.reshape(
          g.concat(
            sums.map((sum) => g.op("Unsqueeze", [sum, inner])),
            axis + 1,
          ),
          wide.shape,
        );
  if (pad === 0 && groups * stride === length) return whole;
  return g.op("Slice", [whole, ...[[pad], [pad + length], [axis]].map((place) => g.constant(place, "int64"))]);
}

const ones = (g: GraphBuilder, count: number): Value => g.constant(new Array<number>(count).fill(1), "int64");

/** Whether a value is its window's maximum, as 1 and 0. */
const isMaximum = (g: GraphBuilder, x: Value, y: Value): Value =>
  x.dtype === "float32"
    ? g.op("HardSigmoid", [g.sub(x, y)], { alpha: steep, beta: 1 })
    : g.cast(g.equal(x, y), x.dtype);
