import { real } from "@athanor/core";
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
    const channels = lengthOf(x.shape, 1);
    const others = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
    const channelwise = [1, channels, ...x.shape.slice(2).map(() => 1)];
    const batchMean = g.reduceMean(x, others, true);
    const centred = g.sub(x, batchMean);
    const batchVariance = g.reduceMean(g.mul(centred, centred), others, true);
    const count = others.reduce((product, axis) => product * Number(x.shape[axis]), 1);
    const drift = (old: typeof mean, fresh: typeof mean) =>
      g.add(g.mul(old, 1 - momentum), g.mul(g.reshape(fresh, [channels]), momentum));
    moveBuffer("mean", drift(mean, batchMean));
    // The running variance estimates the population's, hence n / (n − 1).
    moveBuffer("variance", drift(variance, g.mul(batchVariance, count / Math.max(1, count - 1))));
    const normal = g.div(centred, g.sqrt(g.add(batchVariance, epsilon)));
    return g.add(g.mul(normal, g.reshape(scale, channelwise)), g.reshape(bias, channelwise));
  },
});
