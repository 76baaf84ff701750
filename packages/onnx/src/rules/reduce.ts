import type { Tensor } from "@athanor/core";
import { integersOf } from "../constant-tensor.ts";
import { type GradientContext, type InferContext, int } from "../define-op.ts";
import type { Value } from "../graph/graph-builder.ts";
import type { ValueType } from "../model.ts";
import { knownSize } from "../shapes.ts";

/** Attributes of every reduction. */
export const reduceAttributes = { keepdims: int(1), noop_with_empty_axes: int(0) } as const;
type Spec = typeof reduceAttributes;

const axesOf = (type: ValueType, axes: Tensor | undefined, noop: number): ReadonlySet<number> => {
  const rank = type.shape!.length;
  if (axes === undefined || axes.size === 0)
    return new Set(noop === 1 ? [] : Array.from({ length: rank }, (_, axis) => axis));
  return new Set(integersOf(axes).map((axis) => (axis < 0 ? axis + rank : axis)));
};

export function inferReduce({ inputs: [x, given], attributes, constant }: InferContext<Spec>): readonly ValueType[] {
  const { dtype, shape } = x!;
  if (shape === undefined || (given && constant(1) === undefined)) return [{ dtype, shape: undefined }];
  const reduced = axesOf(x!, constant(1), attributes.noop_with_empty_axes);
  const kept = shape.map((length, axis) => (reduced.has(axis) ? 1 : length));
  return [{ dtype, shape: attributes.keepdims === 1 ? kept : kept.filter((_, axis) => !reduced.has(axis)) }];
}

/** Puts back the axes that a reduction dropped, with length 1, so that the value broadcasts against the input. */
export function restoreAxes({ g, inputs: [x], attributes, constant }: GradientContext<Spec>, value: Value): Value {
  if (attributes.keepdims === 1) return value;
  const reduced = axesOf(x!, constant(1), attributes.noop_with_empty_axes);
  return g.op("Unsqueeze", [value, g.constant([...reduced], "int64")]);
}

/** A gradient shared among the elements that a result is made of. */
export function shared(
  { g, inputs: [x], outputs: [y], attributes, constant }: GradientContext<Spec>,
  dy: Value,
): Value {
  const reduced = axesOf(x!, constant(1), attributes.noop_with_empty_axes);
  const count = knownSize(x!.shape.filter((_, axis) => reduced.has(axis)));
  if (count !== undefined) return g.mul(dy, 1 / count);
  const [from, to] = [x!, y!].map((value) => g.cast(g.op("Size", [value]), dy.dtype));
  return g.mul(dy, g.div(to!, from!));
}

/** Gradient of a maximum or minimum: the winners share it evenly. */
export function winnersGradient(context: GradientContext<Spec>): readonly (Value | undefined)[] {
  const {
    g,
    inputs: [x],
    outputs: [y],
    upstream: [dy],
    constant,
  } = context;
  const winners = g.cast(g.equal(x!, restoreAxes(context, y!)), dy!.dtype);
  const axes = constant(1);
  const count = g.op("ReduceSum", [winners, axes && g.constant(axes)], { keepdims: 1 });
  return [g.mul(winners, g.div(restoreAxes(context, dy!), count))];
}
