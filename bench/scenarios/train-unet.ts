import { Random, Tensor } from "@athanor/core";
import { crossEntropy, uNet } from "@athanor/nn";
import { compareTraining, type TrainingWorkload } from "../compare-training.ts";
import { stepOf } from "../step-of.ts";

const sizes = { levels: [32, 64, 128], classes: 3, channels: 3, side: 96, batch: 8 } as const;

/** A U-Net with BatchNorm over three levels, on pictures of two kinds of discs in noise. */
export function workload(): TrainingWorkload {
  const { levels, classes, channels, side, batch } = sizes;
  const random = Random.from(17);
  return {
    definition: stepOf(uNet({ classes, levels, input: [channels, side, side] }), {
      loss: crossEntropy(),
      batch,
      target: [side, side],
    }),
    batches: Array.from({ length: 20 }, () => drawDiscs(random)),
    learningRate: 1e-4,
    peer: "unet",
    configurations: ["fused channels_last", "fused"],
    setting: sizes,
    steps: 3,
    pairs: 7,
    facts: sizes,
  };
}

/** Two discs a picture, each of one of two colours, on noise; the label is the colour that shows. */
function drawDiscs(random: Random): Readonly<Record<string, Tensor>> {
  const { classes, channels, side, batch } = sizes;
  const area = side * side;
  const x = Float32Array.from({ length: batch * channels * area }, () => random.normal());
  const labels = new BigInt64Array(batch * area);
  for (let disc = 0; disc < 2 * batch; disc++) {
    const [example, kind, radius] = [disc >> 1, 1 + random.integer(classes - 1), 8 + random.integer(20)];
    const [row, column] = [random.integer(side), random.integer(side)];
    for (let at = 0; at < area; at++) {
      if (Math.hypot(Math.floor(at / side) - row, (at % side) - column) > radius) continue;
      x[(example * channels + kind) * area + at]! += 1;
      labels[example * area + at] = BigInt(kind);
    }
  }
  return {
    x: new Tensor("float32", x, [batch, channels, side, side]),
    target: new Tensor("int64", labels, [batch, side, side]),
  };
}

export const run = (log: (line: string) => void) => compareTraining(workload(), log);
