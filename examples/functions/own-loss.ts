import { float32, Random } from "athanor/core";
import { adamW, fit, mlp } from "athanor/nn";
import type { GraphBuilder, Value } from "athanor/onnx";

/** Squares small errors and takes large ones as they are, so that outliers pull less. */
const huber = (g: GraphBuilder, output: Value, target: Value) => {
  const error = g.abs(g.sub(output, target));
  return g.reduceMean(g.where(g.less(error, 1), g.mul(0.5, g.mul(error, error)), g.sub(error, 0.5)));
};

const random = Random.from(1);
const x = float32(
  Float32Array.from({ length: 256 }, () => random.normal()),
  [256, 1],
);
const y = float32(
  x.data.map((each, i) => Math.sin(each) + (i % 32 === 0 ? 50 : 0)),
  [256, 1],
);
const { history } = await fit(
  mlp({ features: 1, hidden: [16], outputs: 1 }),
  { x, y },
  { loss: huber, optimizer: adamW(), learningRate: 0.02, epochs: 30, batchSize: 32, seed: 1 },
);

export const answer = history.map(({ loss }) => loss);
