import { AthanorError } from "@athanor/core";
import { defineOp, float, int, string } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { inferProduct } from "../rules/infer-product.ts";
import { leftGradient, rightGradient } from "../rules/matrix-product.ts";

export const fusedGemm = defineOp({
  name: "FusedGemm",
  domain: "com.microsoft",
  attributes: {
    activation: string<string>(""),
    activation_alpha: float(0.01),
    activation_beta: float(0),
    activation_gamma: float(0),
    alpha: float(1),
    beta: float(1),
    transA: int(0),
    transB: int(0),
  },
  inputs: [2, 3],
  infer: ({ inputs: [a, b], attributes: { transA, transB } }) => [
    inferProduct("FusedGemm", a!, b!, transA === 1, transB === 1),
  ],
  // Y = activation(Z) with Z = α op(A) op(B) + β C
  gradient({ g, inputs: [a, b], outputs: [y], upstream: [dy], attributes, wants }) {
    const { activation, activation_alpha: slope, alpha, beta, transA, transB } = attributes;
    const back = throughActivation[activation];
    if (back === undefined) {
      const known = Object.keys(throughActivation).join(", ");
      throw new AthanorError(
        "onnx/no-gradient",
        `FusedGemm: expected an activation of ${known} for a gradient, got ${activation || "none"}`,
        { fix: "Use Gemm and the activation as two operators.", details: { activation } },
      );
    }
    const dz = back(g, y!, dy!, slope);
    const operands = { a: a!, b: b!, dy: dz, transA: transA === 1, transB: transB === 1, alpha };
    return [
      wants(0) ? leftGradient(g, operands) : undefined,
      wants(1) ? rightGradient(g, operands) : undefined,
      wants(2) ? (beta === 1 ? dz : g.mul(dz, beta)) : undefined,
    ];
  },
});

/** Gradients of activations that follow from their value alone. */
const throughActivation: Readonly<Record<string, (g: GraphBuilder, y: Value, dy: Value, slope: number) => Value>> = {
  Relu: (g, y, dy) => g.where(g.greater(y, 0), dy, g.constant(0, dy.dtype as "float32")),
  LeakyRelu: (g, y, dy, slope) => g.where(g.greater(y, 0), dy, g.mul(dy, slope)),
  Sigmoid: (g, y, dy) => g.mul(dy, g.mul(y, g.sub(1, y))),
  Tanh: (g, y, dy) => g.mul(dy, g.sub(1, g.mul(y, y))),
};
