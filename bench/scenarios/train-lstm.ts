import { float32, Random, Tensor } from "@athanor/core";
import { adamW } from "@athanor/nn";
import { compareTraining, type TrainingWorkload } from "../compare-training.ts";
import { WeightSource } from "../draw-weights.ts";

const sizes = { inputs: 64, width: 256, steps: 64, batch: 32, classes: 10 } as const;

/** An LSTM 256 wide over 64 steps, batch 32, its last state classified, AdamW. */
export function workload(): TrainingWorkload {
  const { inputs: features, width, steps, batch, classes } = sizes;
  const weights = new WeightSource(9);
  weights.uniform("input", [1, 4 * width, features], width);
  weights.uniform("recurrent", [1, 4 * width, width], width);
  weights.uniform("bias", [1, 8 * width], width);
  weights.linear("head", width, classes);
  const random = Random.from(15);
  return {
    definition: {
      inputs: { x: { dtype: "float32", shape: [steps, batch, features] }, y: { dtype: "int64", shape: [batch] } },
      parameters: weights.parameters,
      optimizer: adamW(),
      build(g, { inputs, parameters: p }) {
        const [, last] = g.ops(
          "LSTM",
          [inputs.x, p.input, p.recurrent, p.bias],
          { hidden_size: width },
          { outputs: 2 },
        );
        const scores = g.op("Gemm", [g.reshape(last!, [batch, width]), p["head.weight"], p["head.bias"]]);
        return { loss: g.op("SoftmaxCrossEntropyLoss", [scores, inputs.y]) };
      },
    },
    batches: Array.from({ length: 50 }, () => ({
      x: float32(
        Float32Array.from({ length: steps * batch * features }, () => random.normal()),
        [steps, batch, features],
      ),
      y: new Tensor(
        "int64",
        BigInt64Array.from({ length: batch }, () => BigInt(random.integer(classes))),
        [batch],
      ),
    })),
    learningRate: 1e-3,
    peer: "lstm",
    configurations: ["fused", "foreach"],
    setting: sizes,
    steps: 20,
    facts: sizes,
  };
}

export const run = (log: (line: string) => void) => compareTraining(workload(), log);
