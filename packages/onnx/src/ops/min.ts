import { defineOp } from "../define-op.ts";
import { broadcastShapes } from "../shapes.ts";

export const min = defineOp({
  name: "Min",
  attributes: {},
  inputs: [2, 2],
  algebra: { isCommutative: true },
  infer: ({ inputs }) => [{ dtype: inputs[0]!.dtype, shape: broadcastShapes("Min", ...inputs.map((input) => input!)) }],
  // The gradient goes to the operand that won; equal operands share it by halves.
  gradient({ g, inputs: [a, b], upstream: [dy], wants }) {
    const share = (x: typeof a, other: typeof a) => {
      const half = g.mul(g.cast(g.equal(x!, other!), dy!.dtype), 0.5);
      return g.mul(dy!, g.add(g.cast(g.less(x!, other!), dy!.dtype), half));
    };
    return [wants(0) ? share(a, b) : undefined, wants(1) ? share(b, a) : undefined];
  },
});
