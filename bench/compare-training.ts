import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { runAhead, type Tensor } from "@athanor/core";
import { compileStep, type StepDefinition } from "@athanor/runtime";
import { median } from "./median.ts";
import { startPeer } from "./peer.ts";
import { writeTensorFile } from "./tensor-file.ts";

export interface TrainingWorkload {
  readonly definition: StepDefinition;
  readonly batches: readonly Readonly<Record<string, Tensor>>[];
  readonly learningRate: number;
  /** A module of `bench/peers/workloads` and the configurations of it that compete. */
  readonly peer: string;
  readonly configurations: readonly string[];
  readonly setting?: Readonly<Record<string, unknown>>;
  /** Tensors that the peer needs beside the parameters. */
  readonly constants?: Readonly<Record<string, Tensor>>;
  /** Steps of a measured run. */
  readonly steps: number;
  readonly pairs?: number;
  /** Steps over which the losses are compared. */
  readonly curve?: number;
  /** Facts to report beside the figures. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

const threads = Math.min(2, availableParallelism());
// These choose kernels for an old numpy on the build machines and slow the peer down.
const environment = { OMP_NUM_THREADS: String(threads), OPENBLAS_CORETYPE: "", OPENBLAS_L2_SIZE: "" };

/** Trains a workload here and in PyTorch in turn, from the same weights on the same batches and cores. */
export async function compareTraining(
  { definition, batches, learningRate, peer: script, configurations, setting = {}, ...workload }: TrainingWorkload,
  log: (line: string) => void,
): Promise<Record<string, unknown>> {
  const { steps, pairs = 9, curve = 50, constants = {} } = workload;
  const folder = mkdtempSync(join(tmpdir(), "athanor-bench-"));
  const file = join(folder, "tensors.bin");
  const tensors = {
    ...Object.fromEntries(Object.entries(definition.parameters).map(([name, tensor]) => [`parameter:${name}`, tensor])),
    ...Object.fromEntries(Object.entries(definition.buffers ?? {}).map(([name, tensor]) => [`buffer:${name}`, tensor])),
    ...Object.fromEntries(Object.entries(constants).map(([name, tensor]) => [`constant:${name}`, tensor])),
    ...Object.fromEntries(
      batches.flatMap((batch, i) => Object.entries(batch).map(([name, tensor]) => [`batch:${i}:${name}`, tensor])),
    ),
  };
  const places = writeTensorFile(file, tensors);
  try {
    await using peer = startPeer("train.py", environment);
    await peer.ask({ threads, file, places, workload: script, configurations, learningRate, setting });
    const batchAt = (i: number) => batches[i % batches.length]!;

    const ours: number[] = [];
    {
      await using step = await compileStep(definition, { threads });
      for (let i = 0; i < curve; i++) ours.push((await step.run(batchAt(i), { learningRate })).loss);
    }
    const { losses } = await peer.ask<{ losses: number[] }>({ curve });
    const differences = ours.map((loss, i) => Math.abs(loss - losses[i]!) / Math.max(Math.abs(losses[i]!), 1e-3));
    const lossDifference = Math.max(...differences);
    log(
      `loss after ${curve} steps: ours ${ours.at(-1)}, PyTorch ${losses.at(-1)}; largest relative difference ${lossDifference}`,
    );

    const from = performance.now();
    await using step = await compileStep(definition, { threads });
    const compileSeconds = (performance.now() - from) / 1000;
    const rates: Record<string, number[]> = Object.fromEntries(
      ["athanor", ...configurations].map((name) => [name, []]),
    );
    const read: number[] = [];
    const run = (count: number) =>
      // One message a step and every loss read, as the training loop does it.
      runAhead(
        count,
        (i) => step.run(batchAt(i), { learningRate }),
        ({ loss }) => read.push(loss),
      );
    await run(Math.min(steps, 20));
    for (let pair = 0; pair < pairs; pair++) {
      const begin = performance.now();
      await run(steps);
      rates.athanor!.push((1000 * steps) / (performance.now() - begin));
      for (const configuration of configurations) {
        const { seconds } = await peer.ask<{ seconds: number }>({ steps, configuration });
        rates[configuration]!.push(steps / seconds);
      }
      log(
        Object.entries(rates)
          .map(([name, values]) => `${name} ${values.at(-1)!.toPrecision(3)}/s`)
          .join("  "),
      );
    }
    const bestPeer = configurations.reduce((best, name) => (median(rates[name]!) > median(rates[best]!) ? name : best));
    const { megabytes, torch } = await peer.ask<{ megabytes: number; torch: string }>({ memory: true });
    const peerBest = (i: number) => Math.max(...configurations.map((name) => rates[name]![i]!));
    return {
      ratio: median(rates.athanor!.map((rate, i) => rate / peerBest(i))),
      bestRatio: Math.max(...rates.athanor!) / Math.max(...configurations.flatMap((name) => rates[name]!)),
      stepsPerSecond: Object.fromEntries(Object.entries(rates).map(([name, values]) => [name, median(values)])),
      bestPeer,
      torch,
      lossDifference,
      nodes: step.nodeCount,
      compileSeconds,
      peakMegabytes: { athanor: process.resourceUsage().maxRSS / 1024, torch: megabytes },
      threads,
      ...workload.facts,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
