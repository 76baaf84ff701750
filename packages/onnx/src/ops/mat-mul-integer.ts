import { defineOp } from "../define-op.ts";
import { inferProduct } from "../rules/infer-product.ts";
import { realGradient } from "../rules/real-gradient.ts";
import { alongAxis, isSingle } from "../rules/zero-points.ts";

export const matMulInteger = defineOp({
  name: "MatMulInteger",
  attributes: {},
  inputs: [2, 4],
  isQuantized: true,
  infer: ({ inputs: [a, b] }) => [{ dtype: "int32", shape: inferProduct("MatMulInteger", a!, b!).shape }],
  // The runtime takes one zero point on the left: (a − z)(b − w) = a (b − w) − z Σ (b − w)
  lower({ g, inputs: [a, b, aZero, bZero] }) {
    const [rank, inner] = [a!.shape.length, a!.shape.at(-1)];
    if (isSingle(aZero) || rank < 2 || b!.shape.length < 2 || typeof inner !== "number") return undefined;
    const ones = g.op("Expand", [g.constant(1, "uint8"), g.constant([1, inner], "int64")]);
    const sums = g.op("MatMulInteger", [ones, b, undefined, bZero]);
    const rows = g.cast(alongAxis(g, aZero!, rank - 2, rank), "int32");
    return [g.sub(g.op("MatMulInteger", [a, b, undefined, bZero]), g.mul(rows, sums))];
  },
  gradient(context) {
    const [a, b] = context.inputs;
    const axes = [a!.shape.length - 2, b!.shape.length - 1] as const;
    return realGradient(context, axes, (left, right) => context.g.matMul(left, right));
  },
});
