import { defineOp, float, int } from "../define-op.ts";
import { normalize } from "../normalize.ts";

export const batchNormalization = defineOp({
  name: "BatchNormalization",
  attributes: { epsilon: float(1e-5), momentum: float(0.9), training_mode: int(0) },
  inputs: [5, 5],
  infer: ({ inputs: [x, , , mean, variance], outputCount }) => [x!, mean!, variance!].slice(0, outputCount),
  // y = n ⊙ scale + bias with n = (x − μ)/σ: by the batch's own statistics in training, by given ones in inference.
  // In training the running statistics μ' = m μ' + (1 − m) μ are outputs too; only what they were flows back.
  gradient({ g, inputs: [x, scale, , mean, variance], upstream: [dy, dMean, dVariance], attributes, wants }) {
    const { epsilon, momentum, training_mode } = attributes;
    const channel = [1, scale!.shape[0]!, ...x!.shape.slice(2).map(() => 1)];
    const others = x!.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
    const kept = (dRunning: typeof dMean) => dRunning && g.mul(dRunning, momentum);
    const spread = (perChannel: typeof x) => g.reshape(perChannel!, channel);
    if (dy === undefined) return [undefined, undefined, undefined, kept(dMean), kept(dVariance)];
    const dBias = wants(2) ? g.reduceSum(dy, others) : undefined;
    if (training_mode === 1) {
      const { normal, back } = normalize(g, x!, others, epsilon);
      return [
        wants(0) ? back(g.mul(dy, spread(scale))) : undefined,
        wants(1) ? g.reduceSum(g.mul(dy, normal), others) : undefined,
        dBias,
        kept(dMean),
        kept(dVariance),
      ];
    }
    const inverse = g.div(1, g.sqrt(g.add(variance!, epsilon)));
    const centred = () => g.sub(x!, spread(mean));
    const steepness = () => g.mul(scale!, inverse);
    // dσ² = −½ Σ dy (x − μ) · scale / σ³
    const ofVariance = () => {
      const along = g.reduceSum(g.mul(dy, centred()), others);
      return g.mul(g.mul(along, steepness()), g.mul(g.mul(inverse, inverse), -0.5));
    };
    return [
      wants(0) ? g.mul(dy, spread(steepness())) : undefined,
      wants(1) ? g.mul(g.reduceSum(g.mul(dy, centred()), others), inverse) : undefined,
      dBias,
      wants(3) ? g.neg(g.mul(g.reduceSum(dy, others), steepness())) : undefined,
      wants(4) ? ofVariance() : undefined,
    ];
  },
});
