import { runAhead } from "@athanor/core";
import { compileStep } from "@athanor/runtime";
import type { TrainingWorkload } from "./compare-training.ts";
import type { Curve } from "./train-curve.ts";

// The process of `trainCurve`: a scenario, a number of steps and one of threads in, a curve out.
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
