import { defineOp, float, int } from "../define-op.ts";
import { shapeError } from "../shapes.ts";

export const batchNormalization = defineOp({
  name: "BatchNormalization",
  attributes: { epsilon: float(1e-5), momentum: float(0.9), training_mode: int(0) },
  inputs: [5, 5],
  infer: ({ inputs: [x, scale], attributes: { training_mode } }) =>
    training_mode === 1
      ? [x!, { dtype: scale!.dtype, shape: scale!.shape }, { dtype: scale!.dtype, shape: scale!.shape }]
      : [x!],
  // y = (x − mean) · s + b with s = scale / √(var + ε), statistics held fixed
  gradient({ g, inputs: [x, scale, , mean, variance], upstream: [dy], attributes: { epsilon, training_mode }, wants }) {
    if (training_mode === 1)
      throw shapeError(
        "BatchNormalization",
        "the inference form for a gradient (training statistics are built from reductions)",
        x,
      );
    const channel = [1, scale!.shape[0]!, ...x!.shape.slice(2).map(() => 1)];
    const others = x!.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
    const inverse = g.div(1, g.sqrt(g.add(variance!, epsilon)));
    const normal = () => g.mul(g.sub(x!, g.reshape(mean!, channel)), g.reshape(inverse, channel));
    return [
      wants(0) ? g.mul(dy!, g.reshape(g.mul(scale!, inverse), channel)) : undefined,
      wants(1) ? g.reduceSum(g.mul(dy!, normal()), others) : undefined,
      wants(2) ? g.reduceSum(dy!, others) : undefined,
    ];
  },
});
