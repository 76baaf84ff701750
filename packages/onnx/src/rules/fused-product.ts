import { float, type GradientContext, type InferContext, int } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Dim, ValueType } from "../model.ts";
import { inferProduct } from "./infer-product.ts";
import { leftGradient, rightGradient } from "./matrix-product.ts";

/** Attributes of the runtime's product that reads its operands transposed. */
export const fusedProductAttributes = {
  alpha: float(1),
  transA: int(0),
  transB: int(0),
  transBatchA: int(0),
  transBatchB: int(0),
} as const;
type Spec = typeof fusedProductAttributes;

export function inferFusedProduct(
  op: string,
  { inputs: [a, b], attributes: { transA, transB, transBatchA, transBatchB } }: InferContext<Spec>,
): readonly ValueType[] {
  const read = ({ dtype, shape }: ValueType, firstLast: number): ValueType => ({
    dtype,
    shape: firstLast === 1 ? shape && firstToRows(shape) : shape,
  });
  return [inferProduct(op, read(a!, transBatchA), read(b!, transBatchB), transA === 1, transB === 1)];
}

/** Y = α op(A) op(B), where an operand may first have its first axis brought to the rows. */
export function fusedProductGradient({
  g,
  inputs: [a, b],
  upstream: [dy],
  attributes: { alpha, transA, transB, transBatchA, transBatchB },
  wants,
}: GradientContext<Spec>): readonly (Value | undefined)[] {
  const left = transBatchA === 1 ? g.transpose(a!, firstToRows([...a!.shape.keys()])) : a!;
  const right = transBatchB === 1 ? g.transpose(b!, firstToRows([...b!.shape.keys()])) : b!;
  const operands = { a: left, b: right, dy: dy!, transA: transA === 1, transB: transB === 1, alpha };
  return [
    wants(0) ? restored(g, leftGradient(g, operands), transBatchA) : undefined,
    wants(1) ? restored(g, rightGradient(g, operands), transBatchB) : undefined,
  ];
}

const firstToRows = <T extends Dim>(axes: readonly T[]): readonly T[] => [...axes.slice(1, -1), axes[0]!, axes.at(-1)!];

function restored(g: GraphBuilder, value: Value, firstLast: number): Value {
  if (firstLast === 0) return value;
  const order = firstToRows([...value.shape.keys()]);
  return g.transpose(
    value,
    order.map((_, axis) => order.indexOf(axis)),
  );
}
