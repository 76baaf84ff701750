import { defineOp, optional } from "../define-op.ts";
import { shapeError } from "../shapes.ts";

export const dropout = defineOp({
  name: "Dropout",
  attributes: { seed: optional.int },
  inputs: [1, 3],
  algebra: { isPure: false },
  infer: ({ inputs: [x], outputCount }) => (outputCount === 1 ? [x!] : [x!, { dtype: "bool", shape: x!.shape }]),
  // Identity in inference; training draws its masks outside the graph.
  gradient({ inputs: [x, , training], upstream: [dy] }) {
    if (training !== undefined)
      throw shapeError("Dropout", "the inference form for a gradient (masks are inputs in training)", x);
    return [dy];
  },
});
