import { real } from "@athanor/core";
import { batchNormTraining } from "../batch-norm-training.ts";
import { defineLayer, lengthOf } from "../define-layer.ts";

/**
 * Normalises each channel over the batch, in evaluation by running statistics: `[batch, channels, …]` keeps its shape.
 *
 * @see Ioffe and Szegedy 2015, https://arxiv.org/abs/1502.03167
 */
export const batchNorm = defineLayer({
  name: "batchNorm",
  options: {
    epsilon: real(1e-5, "added to the variance", { min: 0 }),
    momentum: real(0.1, "weight of the newest batch in the running statistics", { min: 0, max: 1 }),
  },
  parameters: ({ shape }) => ({
    scale: { shape: [lengthOf(shape, 1)], init: "ones" as const },
    bias: { shape: [lengthOf(shape, 1)], init: "zeros" as const },
  }),
  buffers: ({ shape }) => ({
    mean: { shape: [lengthOf(shape, 1)], init: "zeros" as const },
    variance: { shape: [lengthOf(shape, 1)], init: "ones" as const },
  }),
  build({
    g,
    x,
    isTraining,
    parameters: { scale, bias },
    buffers: { mean, variance },
    options: { epsilon, momentum },
    moveBuffer,
  }) {
    if (!isTraining) return g.op("BatchNormalization", [x, scale, bias, mean, variance], { epsilon });
    const batch = batchNormTraining(g, x, { scale, bias, epsilon });
    const count = x.shape.reduce(
      (product: number, length, axis) => (axis === 1 ? product : product * Number(length)),
      1,
    );
    const drift = (old: typeof mean, fresh: typeof mean) => g.add(g.mul(old, 1 - momentum), g.mul(fresh, momentum));
    moveBuffer("mean", drift(mean, batch.mean));
    // The running variance estimates the population's, hence n / (n − 1).
    moveBuffer("variance", drift(variance, g.mul(batch.variance, count / Math.max(1, count - 1))));
    return batch.output;
  },
});
