import { float32, Tensor } from "@athanor/core";
import { adamW } from "@athanor/nn";
import { compareTraining, type TrainingWorkload } from "../compare-training.ts";
import { WeightSource } from "../draw-weights.ts";
import { readDigits } from "../read-idx.ts";

const sizes = [784, 512, 512, 10];
const batch = 128;

/** 784-512-512-10, batch 128, AdamW: steps a second against PyTorch eager on the same cores, weights and batches. */
export function workload(): TrainingWorkload {
  const count = 200;
  const digits = readDigits(batch * count);
  const weights = new WeightSource(3);
  for (const [i, outputs] of sizes.slice(1).entries()) weights.linear(`${2 * i}`, sizes[i]!, outputs);
  return {
    definition: {
      inputs: { x: { dtype: "float32", shape: [batch, 784] }, y: { dtype: "int64", shape: [batch] } },
      parameters: weights.parameters,
      optimizer: adamW(),
      build(g, { inputs, parameters: p }) {
        const layer = (x: typeof inputs.x, i: number) => g.op("Gemm", [x, p[`${i}.weight`], p[`${i}.bias`]]);
        const hidden = [0, 2].reduce((x, i) => g.relu(layer(x, i)), inputs.x!);
        return { loss: g.op("SoftmaxCrossEntropyLoss", [layer(hidden, 4), inputs.y]) };
      },
    },
    batches: Array.from({ length: count }, (_, i) => ({
      x: float32(digits.images.subarray(i * batch * 784, (i + 1) * batch * 784), [batch, 784]),
      y: new Tensor("int64", digits.labels.subarray(i * batch, (i + 1) * batch), [batch]),
    })),
    learningRate: 1e-3,
    peer: "mlp",
    configurations: ["plain", "foreach", "fused"],
    setting: { sizes },
    steps: 50,
    facts: { data: digits.source },
  };
}

export const run = (log: (line: string) => void) => compareTraining(workload(), log);
