import { integersOf } from "../constant-tensor.ts";
import { defineOp, int } from "../define-op.ts";
import type { Dim, ValueType } from "../model.ts";
import { knownSize, openShape, shapeError } from "../shapes.ts";

export const reshape = defineOp({
  name: "Reshape",
  attributes: { allowzero: int(0) },
  inputs: [2, 2],
  algebra: { isView: true },
  infer({ inputs: [x, to], constant, attributes: { allowzero } }) {
    const target = constant(1);
    if (target === undefined) return [{ dtype: x!.dtype, shape: openShape("reshape", to!) }];
    const lengths = integersOf(target).map(
      (length, axis): Dim => (length === 0 && allowzero === 0 ? x!.shape![axis]! : length),
    );
    return [{ dtype: x!.dtype, shape: resolve(x!, lengths) }];
  },
  gradient({ g, inputs: [x], upstream: [dy] }) {
    const open = x!.shape.filter((length) => typeof length === "string").length;
    return [open > 1 ? g.op("Reshape", [dy, g.op("Shape", [x])]) : g.reshape(dy!, x!.shape)];
  },
});

/** Fills in the one length given as -1. */
function resolve(x: ValueType, lengths: readonly Dim[]): readonly Dim[] {
  const open = lengths.indexOf(-1);
  const rest = lengths.filter((_, axis) => axis !== open);
  const size = knownSize(x.shape!);
  const known = knownSize(rest);
  if (open < 0) {
    if (size !== undefined && known !== undefined && size !== known)
      throw shapeError("Reshape", `${size} elements`, x, { ...x, shape: lengths });
    return lengths;
  }
  if (size !== undefined && known !== undefined) {
    if (known === 0 || size % known !== 0)
      throw shapeError("Reshape", `lengths that divide ${size} elements`, x, { ...x, shape: lengths });
    return lengths.with(open, size / known);
  }
  return lengths.with(open, symbolicQuotient(x.shape!, rest));
}

/** The open length keeps its symbol when the known lengths on both sides cancel. */
function symbolicQuotient(shape: readonly Dim[], rest: readonly Dim[]): Dim {
  const symbols = shape.filter((length) => typeof length === "string" && !rest.includes(length));
  const product = (lengths: readonly Dim[]) =>
    lengths.reduce((total: number, length) => (typeof length === "number" ? total * length : total), 1);
  const factor = product(shape) / product(rest);
  if (symbols.length === 1 && factor === 1) return symbols[0]!;
  return symbols.length === 0 ? factor : `${factor === 1 ? "" : `${factor}*`}${symbols.join("*")}`;
}
