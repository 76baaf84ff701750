import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a training came to, in a process of its own. */
export interface Curve {
  readonly losses: readonly number[];
  /** The most memory that the process took. */
  readonly peakMegabytes: number;
}

const script = fileURLToPath(new URL("./train-alone.ts", import.meta.url));

/** Trains the workload of a scenario alone, so that its memory can be told from that of others. */
export const trainCurve = (scenario: string, steps: number, threads: number): Promise<Curve> =>
  new Promise((resolve, reject) => {
    const child = fork(script, [scenario, String(steps), String(threads)], { execArgv: process.execArgv });
    child.once("message", (curve) => resolve(curve as Curve));
    child.once("exit", (code) => reject(new Error(`bench: expected ${scenario} to train, got exit code ${code}`)));
  });
