import { defineOp } from "../define-op.ts";

export const range = defineOp({
  name: "Range",
  attributes: {},
  inputs: [3, 3],
  infer({ inputs: [start], constant }) {
    const [from, to, step] = [0, 1, 2].map((input) => constant(input)?.data[0]);
    const isKnown = from !== undefined && to !== undefined && step !== undefined;
    const length = isKnown ? Math.max(0, Math.ceil((Number(to) - Number(from)) / Number(step))) : "range";
    return [{ dtype: start!.dtype, shape: [length] }];
  },
  // yᵢ = start + i step; the end only tells how many there are.
  gradient({ g, upstream: [dy], wants }) {
    const whole = (value: number) => g.constant(value, "int64");
    const places = () => g.op("Range", [whole(0), g.op("Size", [dy]), whole(1)]);
    const step = () => g.reduceSum(g.mul(dy!, g.cast(places(), dy!.dtype)));
    return [wants(0) ? g.reduceSum(dy!) : undefined, undefined, wants(2) ? step() : undefined];
  },
});
