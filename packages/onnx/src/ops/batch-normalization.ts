import { defineOp, float, int } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { normalize } from "../rules/normalize.ts";
import { countAlong } from "../shapes.ts";

export const batchNormalization = defineOp({
  name: "BatchNormalization",
  attributes: { epsilon: float(1e-5), momentum: float(0.9), training_mode: int(0) },
  inputs: [5, 5],
  infer: ({ inputs: [x, , , mean, variance], outputCount }) => [x!, mean!, variance!].slice(0, outputCount),
  // y = n ⊙ scale + bias with n = (x − μ)/σ: by the batch's own statistics in training, by given ones in inference.
  // In training the running statistics μ' = m μ' + (1 − m) μ are outputs too, and σ²' likewise.
  gradient({ g, inputs: [x, scale, , mean, variance], outputs, upstream: [dy, dMean, dVariance], attributes, wants }) {
    const { epsilon, momentum, training_mode } = attributes;
    const channel = [1, scale!.shape[0]!, ...x!.shape.slice(2).map(() => 1)];
    const others = x!.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
    const kept = (dRunning: typeof dMean) => dRunning && g.mul(dRunning, momentum);
    const spread = (perChannel: typeof x) => g.reshape(perChannel!, channel);
    const ofStatistics = () => statisticsGradient(g, x!, { others, spread, dMean, dVariance, share: 1 - momentum });
    if (dy === undefined)
      return [wants(0) ? ofStatistics() : undefined, undefined, undefined, kept(dMean), kept(dVariance)];
    const dBias = g.reduceSum(dy, others);
    if (training_mode === 1) {
      // Nothing kept of the running statistics, the outputs are the batch's own.
      const own = momentum === 0 && outputs.length === 3 ? { mean: outputs[1]!, variance: outputs[2]! } : undefined;
      const { normal, inverse } = own ? affine(g, x!, own, epsilon) : normalize(g, x!, others, epsilon);
      const along = g.reduceSum(g.mul(dy, normal), others);
      const slope = g.mul(scale!, g.reshape(inverse, scale!.shape));
      const count = countAlong("BatchNormalization", x!, others);
      // dx = a (dy − mean(dy) − n ⊙ mean(dy ⊙ n)) with a = scale / σ
      const part = (sum: Value) => g.mul(slope, g.mul(sum, -1 / count));
      const taken = perChannel(g, normal, { slope: part(along), level: part(dBias) });
      return [
        wants(0) ? sumOf(g, g.add(g.mul(dy, spread(slope)), taken), ofStatistics()) : undefined,
        along,
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
      wants(2) ? dBias : undefined,
      wants(3) ? g.neg(g.mul(g.reduceSum(dy, others), steepness())) : undefined,
      wants(4) ? ofVariance() : undefined,
    ];
  },
});

/** n = (x − μ) / σ by given statistics, in one pass. */
function affine(g: GraphBuilder, x: Value, { mean, variance }: Record<"mean" | "variance", Value>, epsilon: number) {
  const inverse = g.div(1, g.sqrt(g.add(variance, epsilon)));
  return { normal: perChannel(g, x, { slope: inverse, level: g.neg(g.mul(mean, inverse)) }), inverse };
}

/** slope ⊙ x + level for numbers a channel: the operator itself, with nothing to normalise, is the fastest way there. */
function perChannel(g: GraphBuilder, x: Value, { slope, level }: Record<"slope" | "level", Value>): Value {
  const constant = (value: number) =>
    g.constant(new Array<number>(Number(slope.shape[0])).fill(value), x.dtype as "float32");
  return g.op("BatchNormalization", [x, slope, level, constant(0), constant(1)], { epsilon: 0 });
}

interface Statistics {
  readonly others: readonly number[];
  readonly spread: (perChannel: Value) => Value;
  readonly dMean: Value | undefined;
  readonly dVariance: Value | undefined;
  /** Of the batch in the running statistics. */
  readonly share: number;
}

/** dx of the batch's mean and variance: dμ / n and 2 (x − μ) dσ² / n, over the n elements of a channel. */
function statisticsGradient(g: GraphBuilder, x: Value, it: Statistics): Value | undefined {
  const { others, spread, dMean, dVariance, share } = it;
  const count = countAlong("BatchNormalization", x, others);
  const ofMean = dMean && g.op("Expand", [spread(g.mul(dMean, share / count)), g.op("Shape", [x])]);
  const centred = () => g.sub(x, g.reduceMean(x, others, true));
  const ofVariance = dVariance && g.mul(centred(), spread(g.mul(dVariance, (2 * share) / count)));
  return ofMean && ofVariance ? g.add(ofMean, ofVariance) : (ofMean ?? ofVariance);
}

const sumOf = (g: GraphBuilder, a: Value, b: Value | undefined): Value => (b ? g.add(a, b) : a);
