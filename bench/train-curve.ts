import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runAhead } from "@athanor/core";
import { compileStep } from "@athanor/runtime";
import type { TrainingWorkload } from "./compare-training.ts";

/** What a training came to, in a process of its own. */
export interface Curve {
  readonly losses: readonly number[];
  /** The most memory that the process took. */
  readonly peakMegabytes: number;
}

const self = fileURLToPath(import.meta.url);

/** Trains the workload of a scenario alone, so that its memory can be told from that of others. */
export const trainCurve = (scenario: string, steps: number, threads: number): Promise<Curve> =>
  new Promise((resolve, reject) => {
    const child = fork(self, [scenario, String(steps), String(threads)], { execArgv: process.execArgv });
    child.once("message", (curve) => resolve(curve as Curve));
    child.once("exit", (code) => reject(new Error(`bench: expected ${scenario} to train, got exit code ${code}`)));
  });

if (process.argv[1] === self) {
  const [scenario, steps, threads] = process.argv.slice(2);
  const { workload } = (await import(`./scenarios/${scenario}.ts`)) as { workload(): TrainingWorkload };
  const { definition, batches, learningRate } = workload();
  const losses: number[] = [];
  {
    await using step = await compileStep(definition, { threads: Number(threads) });
    await runAhead(
      Number(steps),
      (i) => step.run(batches[i % batches.length]!, { learningRate }),
      ({ loss }) => losses.push(loss),
    );
  }
  process.send!({ losses, peakMegabytes: process.resourceUsage().maxRSS / 1024 } satisfies Curve);
}
