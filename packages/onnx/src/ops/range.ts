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
});
