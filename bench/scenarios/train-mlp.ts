import { availableParallelism } from "node:os";
import { float32, Random, runAhead, Tensor } from "@athanor/core";
import { adamW } from "@athanor/nn";
import { compileStep } from "@athanor/runtime";
import { median } from "../median.ts";
import { startPeer } from "../peer.ts";
import { readDigits } from "../read-idx.ts";

const sizes = [784, 512, 512, 10];
const batch = 128;
const curve = 200;
const pairs = 9;
const stepsPerPair = 50;
const threads = Math.min(2, availableParallelism());

/** Kaiming-uniform weights as PyTorch draws them by default, from our own generator, given to both sides. */
function initialWeights(): Record<string, Tensor<"float32">> {
  const random = Random.from(3);
  return Object.fromEntries(
    sizes.slice(1).flatMap((outputs, layer) => {
      const inputs = sizes[layer]!;
      const bound = 1 / Math.sqrt(inputs);
      const draw = (length: number) => Float32Array.from({ length }, () => (2 * random.uniform() - 1) * bound);
      return [
        [`w${layer}`, float32(draw(inputs * outputs), [inputs, outputs])],
        [`b${layer}`, float32(draw(outputs), [outputs])],
      ] as const;
    }),
  );
}

/** 784-512-512-10, batch 128, AdamW: steps a second against PyTorch eager on the same cores, weights and batches. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const digits = readDigits(batch * 400);
  const batches = Array.from({ length: 400 }, (_, i) => ({
    x: float32(digits.images.subarray(i * batch * 784, (i + 1) * batch * 784), [batch, 784]),
    y: new Tensor("int64", digits.labels.subarray(i * batch, (i + 1) * batch), [batch]),
  }));
  const parameters = initialWeights();
  const definition = {
    inputs: { x: { dtype: "float32", shape: [batch, 784] }, y: { dtype: "int64", shape: [batch] } },
    parameters,
    optimizer: adamW(),
    build: (g, { inputs, parameters: p }) => {
      const hidden = [0, 1].reduce((x, i) => g.relu(g.op("Gemm", [x, p[`w${i}`], p[`b${i}`]])), inputs.x!);
      const scores = g.op("Gemm", [hidden, p.w2, p.b2]);
      return { loss: g.op("SoftmaxCrossEntropyLoss", [scores, inputs.y]) };
    },
  } satisfies Parameters<typeof compileStep>[0];
  const start = async () => compileStep(definition, { threads });
  await using peer = startPeer("train_mlp.py", {
    OMP_NUM_THREADS: String(threads),
    OPENBLAS_CORETYPE: "",
    OPENBLAS_L2_SIZE: "",
  });
  await peer.ask({
    threads,
    images: Buffer.from(digits.images.buffer).toString("base64"),
    labels: Array.from(digits.labels, Number),
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, { data, shape }]) => [name, { data: Array.from(data), shape }]),
    ),
    batch,
  });

  const ours: number[] = [];
  {
    await using step = await start();
    for (let i = 0; i < curve; i++) ours.push((await step.run(batches[i]!, { learningRate: 1e-3 })).loss);
  }
  const { losses } = await peer.ask<{ losses: number[] }>({ curve });
  const lossDifference = Math.max(...ours.map((loss, i) => Math.abs(loss - losses[i]!) / Math.max(losses[i]!, 1e-3)));
  log(
    `loss after ${curve} steps: ours ${ours.at(-1)}, PyTorch ${losses.at(-1)}; largest relative difference ${lossDifference}`,
  );

  await using step = await start();
  await step.runMany(batches.slice(0, 50), { learningRate: 1e-3 });
  const configurations = ["plain", "foreach", "fused"];
  const read: number[] = [];
  const rates: Record<string, number[]> = Object.fromEntries(["athanor", ...configurations].map((name) => [name, []]));
  for (let pair = 0; pair < pairs; pair++) {
    const from = performance.now();
    // One message a step and every loss read, as the training loop does it.
    await runAhead(
      stepsPerPair,
      (i) => step.run(batches[i]!, { learningRate: 1e-3 }),
      ({ loss }) => read.push(loss),
    );
    rates.athanor!.push((1000 * stepsPerPair) / (performance.now() - from));
    for (const configuration of configurations) {
      const { seconds } = await peer.ask<{ seconds: number }>({ steps: stepsPerPair, configuration });
      rates[configuration]!.push(stepsPerPair / seconds);
    }
    log(
      Object.entries(rates)
        .map(([name, values]) => `${name} ${values.at(-1)!.toFixed(0)}/s`)
        .join("  "),
    );
  }
  const bestPeer = configurations.reduce((best, name) => (median(rates[name]!) > median(rates[best]!) ? name : best));
  const { megabytes, torch } = await peer.ask<{ megabytes: number; torch: string }>({ memory: true });
  return {
    ratio: median(rates.athanor!.map((rate, i) => rate / Math.max(...configurations.map((name) => rates[name]![i]!)))),
    bestRatio: Math.max(...rates.athanor!) / Math.max(...rates[bestPeer]!),
    stepsPerSecond: Object.fromEntries(Object.entries(rates).map(([name, values]) => [name, median(values)])),
    bestPeer,
    torch,
    lossDifference,
    nodes: step.nodeCount,
    peakMegabytes: { athanor: process.resourceUsage().maxRSS / 1024, torch: megabytes },
    data: digits.source,
    threads,
  };
}
