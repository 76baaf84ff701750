import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { float32, runAhead } from "@athanor/core";
import { GraphBuilder, openModelFile, writeModel } from "@athanor/onnx";
import { compileStep, openSession } from "@athanor/runtime";
import { workload as mlpWorkload } from "./train-mlp.ts";
import { resNet18 } from "./train-resnet18.ts";

interface Block {
  readonly maxMs: number;
  readonly p99Ms: number;
  /** The most that the thread computed between two turns: on a machine with other work, what of `maxMs` is its own. */
  readonly maxCpuMs: number;
}

/** How long the event loop kept a timer waiting while something ran, beyond what it waits for anyway. */
async function blockOf(work: () => Promise<unknown>): Promise<Block> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.reset();
  let maxCpu = 0;
  let before = process.threadCpuUsage();
  const turn = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    maxCpu = Math.max(maxCpu, user + system);
    before = process.threadCpuUsage();
  }, 1);
  await work();
  await new Promise((resolve) => setTimeout(resolve, 5));
  clearInterval(turn);
  delay.disable();
  const beyond = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - 1);
  return { maxMs: beyond(delay.max), p99Ms: beyond(delay.percentile(99)), maxCpuMs: maxCpu / 1000 };
}

/** How long the thread that plans and waits is away, in the worst case, during the work that models make. */
export async function run(log: (line: string) => void): Promise<Record<string, Block>> {
  const folder = await mkdtemp(join(tmpdir(), "athanor-bench-"));
  try {
    const path = join(folder, "model.onnx");
    await writeFile(path, largeModel());
    const mlp = mlpWorkload();
    const resNet = resNet18(true);
    await using step = await compileStep(mlp.definition);
    const scenarios: Readonly<Record<string, () => Promise<unknown>>> = {
      idle: () => new Promise((resolve) => setTimeout(resolve, 1000)),
      trainMlp: () =>
        runAhead(
          mlp.batches.length,
          (i) => step.run(mlp.batches[i]!, { learningRate: mlp.learningRate }),
          () => {},
        ),
      compileResNet18: async () => {
        await using compiled = await compileStep(resNet.definition);
        return compiled.nodeCount;
      },
      open100Megabytes: async () => {
        await using session = await openSession(await openModelFile(path));
        return session.inputs;
      },
    };
    const figures: Record<string, Block> = {};
    for (const [name, work] of Object.entries(scenarios)) {
      const block = await blockOf(work);
      figures[name] = block;
      log(
        `${name}: at most ${block.maxMs.toFixed(1)} ms, p99 ${block.p99Ms.toFixed(1)} ms, computed at most ${block.maxCpuMs.toFixed(1)} ms`,
      );
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A hundred megabytes of weights. */
function largeModel(): Uint8Array {
  const width = 1024;
  const g = new GraphBuilder();
  let x = g.input("x", "float32", ["n", width]);
  for (let layer = 0; layer < 25; layer++) {
    const weight = float32(new Float32Array(width * width).fill(layer), [width, width]);
    x = g.matMul(x, g.initializer(`w${layer}`, weight));
  }
  g.output("y", x);
  return writeModel(g.build());
}
