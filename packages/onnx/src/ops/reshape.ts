import { defineOp, int } from "../define-op.ts";
import type { Dim, ValueType } from "../model.ts";
import { reshapeLike } from "../rules/reshape-like.ts";
import { knownSize, namedLengths, shapeError } from "../shapes.ts";

export const reshape = defineOp({
  name: "Reshape",
  attributes: { allowzero: int(0) },
  inputs: [2, 2],
  algebra: { isView: true },
  infer({ inputs: [x], lengths, attributes: { allowzero } }) {
    const target = namedLengths("reshape", lengths(1))?.map(
      (length, axis): Dim => (length === 0 && allowzero === 0 ? x!.shape![axis]! : length),
    );
    return [{ dtype: x!.dtype, shape: target && resolve(x!, target) }];
  },
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [reshapeLike(g, dy!, x!)],
});

/** Fills in the one length given as -1. */
function resolve(x: ValueType, lengths: readonly Dim[]): readonly Dim[] {
  const open = lengths.indexOf(-1);
  if (open !== lengths.lastIndexOf(-1))
    throw shapeError("Reshape", "at most one length that follows from the others", x, { ...x, shape: lengths });
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
