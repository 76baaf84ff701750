import { defineOp, optional } from "../define-op.ts";

const reversed = (rank: number): readonly number[] => Array.from({ length: rank }, (_, axis) => rank - 1 - axis);

export const transpose = defineOp({
  name: "Transpose",
  attributes: { perm: optional.ints },
  inputs: [1, 1],
  infer: ({ inputs: [x], attributes: { perm } }) => [
    { dtype: x!.dtype, shape: x!.shape && (perm ?? reversed(x!.shape.length)).map((axis) => x!.shape![axis]!) },
  ],
  gradient({ g, upstream: [dy], attributes: { perm } }) {
    const order = perm ?? reversed(dy!.shape.length);
    return [
      g.transpose(
        dy!,
        order.map((_, axis) => order.indexOf(axis)),
      ),
    ];
  },
});
