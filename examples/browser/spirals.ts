import { float32, Random, Tensor } from "athanor/core";
import { accuracy, adamW, crossEntropy, type EpochReport, fit, mlp, toOnnx } from "athanor/nn";
import { writeModel } from "athanor/onnx";

const count = 512;
const random = Random.from(7);
const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
const points = Array.from(labels, (label, i) => {
  const turn = 0.5 + (4 * i) / count;
  const angle = Math.PI * (turn + label) + 0.1 * random.normal();
  return [turn * Math.cos(angle), turn * Math.sin(angle)];
});

/** Two spirals that wind around each other: `x: [512, 2]`, `y: [512]`. */
export const spirals = {
  x: float32(points.flat(), [count, 2]),
  y: new Tensor("int64", BigInt64Array.from(labels, BigInt), [count]),
};

/** Trains a small network to tell them apart, and gives it as the bytes of an `.onnx` file. */
export async function learnSpirals(onEpoch: (report: EpochReport) => void = () => {}) {
  const { network, weights, history } = await fit(mlp({ features: 2, hidden: [64, 64], outputs: 2 }), spirals, {
    loss: crossEntropy(),
    optimizer: adamW(),
    learningRate: 0.005,
    epochs: 60,
    batchSize: 64,
    validation: spirals,
    metrics: { accuracy },
    seed: 1,
    onEpoch,
  });
  return { history, model: writeModel(toOnnx(network, weights)) };
}
