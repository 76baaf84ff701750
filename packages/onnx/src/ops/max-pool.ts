import { defineOp, int, optional, string } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { addAtPlaces } from "../rules/add-at-places.ts";
import { reshapeLike } from "../rules/reshape-like.ts";
import { spatialShape } from "../shapes.ts";
import { toFirstMaxima } from "../windows/first-maxima.ts";
import { sumOverTiles } from "../windows/sum-over-tiles.ts";
import { tiles, windowLengths, windowOf } from "../windows/window.ts";

export const maxPool = defineOp({
  name: "MaxPool",
  attributes: {
    auto_pad: string<"NOTSET" | "SAME_UPPER" | "SAME_LOWER" | "VALID">("NOTSET"),
    ceil_mode: int(0),
    dilations: optional.ints,
    kernel_shape: optional.ints,
    pads: optional.ints,
    storage_order: int(0),
    strides: optional.ints,
  },
  inputs: [1, 1],
  infer({ inputs: [x], attributes, outputCount }) {
    if (x!.shape === undefined) return [x!, { dtype: "int64", shape: undefined }];
    const lengths = windowLengths(
      x!,
      windowOf("MaxPool", x!, attributes.kernel_shape!, attributes),
      attributes.ceil_mode === 1,
    );
    const shape = [...x!.shape.slice(0, 2), ...lengths];
    const values = { dtype: x!.dtype, shape };
    return outputCount === 1 ? [values] : [values, { dtype: "int64", shape }];
  },
  gradient({ g, inputs: [x], outputs: [y], upstream: [dy], attributes }) {
    const window = windowOf("MaxPool", x!, attributes.kernel_shape!, attributes);
    if (tiles(x!.shape, window)) {
      const isPlane = x!.shape.length === 4 && x!.dtype === "float32";
      return [(isPlane ? sharedOverPlane : sharedByWinners)(g, x!, y!, dy!, window.kernel)];
    }
    if (window.dilations.every((dilation) => dilation === 1))
      return [toFirstMaxima(g, { x: x!, y: y!, dy: dy!, window, ceil: attributes.ceil_mode })];
    // Windows with gaps: add dy where the runtime says each maximum was found.
    const [, indices] = g.ops("MaxPool", [x], { ...attributes, storage_order: 0 }, { outputs: 2 });
    return [addAtPlaces(g, dy!, indices!, x!)];
  },
});

/** Windows tile the input: compare it with its maxima, and let equal maxima of a window share the gradient evenly. */
function sharedByWinners(g: GraphBuilder, x: Value, y: Value, dy: Value, kernel: readonly number[]): Value {
  const lengths = spatialShape("MaxPool", y);
  const split = [-1, ...lengths.flatMap((length, axis) => [length, kernel[axis]!])];
  const one = [-1, ...lengths.flatMap((length) => [length, 1])];
  const inner = kernel.map((_, axis) => 2 + 2 * axis);
  const winners = g.cast(g.equal(g.reshape(x, split), g.reshape(y, one)), dy.dtype);
  const share = g.div(g.reshape(dy, one), g.reduceSum(winners, inner, true));
  return reshapeLike(g, g.mul(winners, share), x);
}

/** Steep enough that any float below zero maps to 0, and zero itself to 1. */
const steep = 3e38;

/** The same for a plane of floats, with what the runtime does fastest there: resizing and products. */
function sharedOverPlane(g: GraphBuilder, x: Value, y: Value, dy: Value, kernel: readonly number[]): Value {
  const scales = g.constant([1, 1, ...kernel]);
  const widen = (value: Value) =>
    g.op("Resize", [value, undefined, scales], {
      mode: "nearest",
      coordinate_transformation_mode: "asymmetric",
      nearest_mode: "floor",
    });
  const winners = g.op("HardSigmoid", [g.sub(x, widen(y))], { alpha: steep, beta: 1 });
  return g.mul(winners, widen(g.div(dy, sumOverTiles(g, winners, kernel))));
}
