import type { GraphBuilder, Value } from "../graph/graph-builder.ts";

/** Sums a gradient over the axes that broadcasting stretched, back to the operand's shape. */
export function unbroadcast(g: GraphBuilder, gradient: Value, operand: Value): Value {
  const extra = gradient.shape.length - operand.shape.length;
  const stretched = operand.shape.flatMap((length, axis) =>
    length === 1 && gradient.shape[axis + extra] !== 1 ? [axis + extra] : [],
  );
  const leading = Array.from({ length: extra }, (_, axis) => axis);
  if (stretched.length === 0 && leading.length === 0) return gradient;
  if (stretched.length === 0 && canUseRow(gradient, leading)) return sumRows(g, gradient, operand);
  const summed = g.reduceSum(gradient, [...leading, ...stretched], true);
  return extra === 0 ? summed : g.op("Squeeze", [summed, g.constant(leading, "int64")]);
}

/** Sums over all but the last axis, as a bias needs them, are fastest as a product with a row of ones. */
const canUseRow = ({ shape, dtype }: Value, leading: readonly number[]): boolean =>
  leading.length === shape.length - 1 &&
  shape.length > 1 &&
  dtype === "float32" &&
  shape.every((length) => typeof length === "number");

function sumRows(g: GraphBuilder, gradient: Value, operand: Value): Value {
  const columns = gradient.shape.at(-1) as number;
  const rows = gradient.shape.slice(0, -1).reduce((product: number, length) => product * (length as number), 1);
  const flat = gradient.shape.length === 2 ? gradient : g.reshape(gradient, [rows, columns]);
  const ones = g.op("ConstantOfShape", [g.constant([1, rows], "int64")], { value: g.one(gradient.dtype) });
  return g.reshape(g.op("MatMul", [ones, flat]), operand.shape);
}
