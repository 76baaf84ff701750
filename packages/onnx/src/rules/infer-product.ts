import type { Dim, ValueType } from "../model.ts";
import { broadcastShapes, shapeError } from "../shapes.ts";

/** Shape of a matrix product whose leading axes broadcast. */
export function inferProduct(op: string, a: ValueType, b: ValueType, transA = false, transB = false): ValueType {
  if (a.shape === undefined || b.shape === undefined) return { dtype: a.dtype, shape: undefined };
  if (a.shape.length === 0 || b.shape.length === 0) throw shapeError(op, "matrices", a, b);
  const left = a.shape.length === 1 ? [1, ...a.shape] : a.shape;
  const right = b.shape.length === 1 ? [...b.shape, 1] : b.shape;
  const [rows, inner] = transA ? [left.at(-1)!, left.at(-2)!] : [left.at(-2)!, left.at(-1)!];
  const [innerRight, columns] = transB ? [right.at(-1)!, right.at(-2)!] : [right.at(-2)!, right.at(-1)!];
  if (typeof inner === "number" && typeof innerRight === "number" && inner !== innerRight)
    throw shapeError(op, "inner axes to agree", a, b);
  const leading = broadcastShapes(op, { ...a, shape: left.slice(0, -2) }, { ...b, shape: right.slice(0, -2) })!;
  const shape: Dim[] = [...leading];
  if (a.shape.length > 1) shape.push(rows);
  if (b.shape.length > 1) shape.push(columns);
  return { dtype: a.dtype, shape };
}
