import { float32, Tensor } from "@athanor/core";
import { adamW } from "@athanor/nn";
import { compareTraining, type TrainingWorkload } from "../compare-training.ts";
import { WeightSource } from "../draw-weights.ts";
import { readDigits } from "../read-idx.ts";

const batch = 64;

/** LeNet on 28x28 digits, batch 64, AdamW, against PyTorch eager in either layout. */
export function workload(): TrainingWorkload {
  const count = 100;
  const digits = readDigits(batch * count);
  const weights = new WeightSource(3);
  weights.conv("0", 1, 6, 5);
  weights.conv("3", 6, 16, 5);
  for (const [name, inputs, outputs] of [
    ["7", 400, 120],
    ["9", 120, 84],
    ["11", 84, 10],
  ] as const)
    weights.linear(name, inputs, outputs);
  return {
    definition: {
      inputs: { x: { dtype: "float32", shape: [batch, 1, 28, 28] }, y: { dtype: "int64", shape: [batch] } },
      parameters: weights.parameters,
      optimizer: adamW(),
      build(g, { inputs, parameters: p }) {
        const conv = (x: typeof inputs.x, name: string, pad: number) =>
          g.relu(g.op("Conv", [x, p[`${name}.weight`], p[`${name}.bias`]], { pads: [pad, pad, pad, pad] }));
        const pool = (x: typeof inputs.x) => g.op("MaxPool", [x], { kernel_shape: [2, 2], strides: [2, 2] });
        const layer = (x: typeof inputs.x, name: string) => g.op("Gemm", [x, p[`${name}.weight`], p[`${name}.bias`]]);
        const maps = g.op("Flatten", [pool(conv(pool(conv(inputs.x, "0", 2)), "3", 0))]);
        const scores = layer(g.relu(layer(g.relu(layer(maps, "7")), "9")), "11");
        return { loss: g.op("SoftmaxCrossEntropyLoss", [scores, inputs.y]) };
      },
    },
    batches: Array.from({ length: count }, (_, i) => ({
      x: float32(digits.images.subarray(i * batch * 784, (i + 1) * batch * 784), [batch, 1, 28, 28]),
      y: new Tensor("int64", digits.labels.subarray(i * batch, (i + 1) * batch), [batch]),
    })),
    learningRate: 1e-3,
    peer: "lenet",
    configurations: ["foreach", "fused", "fused channels_last"],
    steps: 50,
    facts: { data: digits.source },
  };
}

export const run = (log: (line: string) => void) => compareTraining(workload(), log);
