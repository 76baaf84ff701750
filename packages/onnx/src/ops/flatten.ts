import { defineOp, int } from "../define-op.ts";
import type { Dim } from "../model.ts";
import { reshapeLike } from "../rules/reshape-like.ts";

const product = (lengths: readonly Dim[]): Dim => {
  const number = lengths.reduce((total: number, length) => (typeof length === "number" ? total * length : total), 1);
  const symbols = lengths.filter((length) => typeof length === "string");
  if (symbols.length === 0) return number;
  return number === 1 ? symbols.join("*") : `${number}*${symbols.join("*")}`;
};

export const flatten = defineOp({
  name: "Flatten",
  attributes: { axis: int(1) },
  inputs: [1, 1],
  algebra: { isView: true },
  infer({ inputs: [x], attributes: { axis } }) {
    if (x!.shape === undefined) return [x!];
    const at = axis < 0 ? axis + x!.shape.length : axis;
    return [{ dtype: x!.dtype, shape: [product(x!.shape.slice(0, at)), product(x!.shape.slice(at))] }];
  },
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [reshapeLike(g, dy!, x!)],
});
