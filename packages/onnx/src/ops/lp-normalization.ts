import { defineOp, int } from "../define-op.ts";

export const lpNormalization = defineOp({
  name: "LpNormalization",
  attributes: { axis: int(-1), p: int(2) },
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = (dy − ∂‖x‖ Σ(dy ⊙ y)) / ‖x‖ with ∂‖x‖ = y for p = 2 and sign(x) for p = 1
  gradient({ g, inputs: [x], outputs: [y], upstream: [dy], attributes: { axis, p } }) {
    const norm = g.op(p === 1 ? "ReduceL1" : "ReduceL2", [x, g.constant([axis], "int64")], { keepdims: 1 });
    // The runtime leaves a vector of zeros as it is.
    const length = g.where(g.equal(norm, 0), g.constant(1, norm.dtype as "float32"), norm);
    const direction = p === 1 ? g.op("Sign", [x]) : y!;
    return [g.div(g.sub(dy!, g.mul(direction, g.reduceSum(g.mul(dy!, y!), [axis], true))), length)];
  },
});
