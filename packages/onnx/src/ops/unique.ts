import { defineOp, int, optional } from "../define-op.ts";
import { axisOf } from "../shapes.ts";

export const unique = defineOp({
  name: "Unique",
  attributes: { axis: optional.int, sorted: int(1) },
  inputs: [1, 1],
  infer({ inputs: [x], attributes: { axis }, outputCount }) {
    const { dtype, shape } = x!;
    const values = axis === undefined ? ["unique"] : shape?.with(axisOf("Unique", axis, x!), "unique");
    const length = axis === undefined ? `${shape?.join("*")}` : shape?.at(axis);
    const known = axis === undefined && shape?.every((dim) => typeof dim === "number");
    const size = known ? shape!.reduce((product: number, dim) => product * Number(dim), 1) : length;
    return [
      { dtype, shape: values },
      { dtype: "int64" as const, shape: ["unique"] },
      { dtype: "int64" as const, shape: size === undefined ? undefined : [size] },
      { dtype: "int64" as const, shape: ["unique"] },
    ].slice(0, outputCount);
  },
});
