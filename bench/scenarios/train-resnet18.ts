import { float32, Random, sizeOf, Tensor } from "@athanor/core";
import { adamW, batchNormTraining } from "@athanor/nn";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { compareTraining, type TrainingWorkload } from "../compare-training.ts";
import { WeightSource } from "../draw-weights.ts";

const batch = 16;
const size = 64;
const stages = [64, 128, 256, 512];

interface Block {
  readonly name: string;
  readonly inputs: number;
  readonly maps: number;
  readonly stride: number;
}

const blocks: readonly Block[] = stages.flatMap((maps, i) => [
  { name: `layer${i + 1}.0`, inputs: stages[Math.max(0, i - 1)]!, maps, stride: i === 0 ? 1 : 2 },
  { name: `layer${i + 1}.1`, inputs: maps, maps, stride: 1 },
]);

/** ResNet-18 on 64x64 images of noise, batch 16, BatchNorm in training or folded away, AdamW. */
export function resNet18(isNormalised: boolean): TrainingWorkload {
  const weights = new WeightSource(7);
  const conv = (name: string, norm: string, inputs: number, maps: number, length: number) => {
    weights.conv(name, inputs, maps, length, !isNormalised);
    if (!isNormalised) return;
    weights.filled(`${norm}.weight`, [maps], 1);
    weights.filled(`${norm}.bias`, [maps], 0);
  };
  conv("conv1", "bn1", 3, 64, 7);
  for (const { name, inputs, maps, stride } of blocks) {
    conv(`${name}.conv1`, `${name}.bn1`, inputs, maps, 3);
    conv(`${name}.conv2`, `${name}.bn2`, maps, maps, 3);
    if (stride > 1) conv(`${name}.down`, `${name}.downbn`, inputs, maps, 1);
  }
  weights.linear("fc", 512, 10);
  const random = Random.from(11);
  return {
    definition: {
      inputs: { x: { dtype: "float32", shape: [batch, 3, size, size] }, y: { dtype: "int64", shape: [batch] } },
      parameters: weights.parameters,
      optimizer: adamW(),
      build(g, { inputs, parameters }) {
        const network = new Network(g, parameters, isNormalised);
        const scores = network.scores(inputs.x!);
        return { loss: g.op("SoftmaxCrossEntropyLoss", [scores, inputs.y]) };
      },
    },
    batches: Array.from({ length: 50 }, () => ({
      x: float32(
        Float32Array.from({ length: sizeOf([batch, 3, size, size]) }, () => random.normal()),
        [batch, 3, size, size],
      ),
      y: new Tensor(
        "int64",
        BigInt64Array.from({ length: batch }, () => BigInt(random.integer(10))),
        [batch],
      ),
    })),
    learningRate: 1e-5,
    peer: "resnet18",
    configurations: ["fused channels_last", "fused"],
    setting: { isNormalised },
    steps: 4,
    pairs: 7,
  };
}

class Network {
  readonly #g: GraphBuilder;
  readonly #p: Readonly<Record<string, Value>>;
  readonly #isNormalised: boolean;

  constructor(g: GraphBuilder, parameters: Readonly<Record<string, Value>>, isNormalised: boolean) {
    this.#g = g;
    this.#p = parameters;
    this.#isNormalised = isNormalised;
  }

  scores(x: Value): Value {
    const g = this.#g;
    const stem = g.relu(this.#conv(x, "conv1", "bn1", 2, 3));
    let maps = g.op("MaxPool", [stem], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
    for (const { name, stride } of blocks) {
      const inner = g.relu(this.#conv(maps, `${name}.conv1`, `${name}.bn1`, stride, 1));
      const outer = this.#conv(inner, `${name}.conv2`, `${name}.bn2`, 1, 1);
      const skip = stride > 1 ? this.#conv(maps, `${name}.down`, `${name}.downbn`, stride, 0) : maps;
      maps = g.relu(g.add(outer, skip));
    }
    const pooled = g.op("Flatten", [g.op("GlobalAveragePool", [maps])]);
    return g.op("Gemm", [pooled, this.#p["fc.weight"], this.#p["fc.bias"]]);
  }

  #conv(x: Value, name: string, norm: string, stride: number, pad: number): Value {
    const y = this.#g.op("Conv", [x, this.#p[`${name}.weight`], this.#p[`${name}.bias`]], {
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
    });
    if (!this.#isNormalised) return y;
    return batchNormTraining(this.#g, y, { scale: this.#p[`${norm}.weight`]!, bias: this.#p[`${norm}.bias`]! }).output;
  }
}

export const workload = (): TrainingWorkload => resNet18(true);

export const run = (log: (line: string) => void) => compareTraining(workload(), log);
