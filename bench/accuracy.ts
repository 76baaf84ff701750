import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { learn, openSystem, type StepEvent } from "@athanor/system";

/** Which figure of which example a bench wants, and how high or low it should be. */
export interface AccuracyBench {
  /** The folder of `examples` that holds the configuration. */
  readonly example: string;
  /** The name under `learn`. */
  readonly task: string;
  readonly metric: string;
  readonly target: number;
  readonly better?: "higher" | "lower";
}

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Learns one task of an example in a fresh workspace, and tells what its evaluation came to. `--set NAME=VALUE` changes an option of the
 * task for a trial, such as `--set threads=2`.
 */
export async function accuracy(
  { example, task, metric, target, better = "higher" }: AccuracyBench,
  log: (line: string) => void,
): Promise<Record<string, unknown>> {
  const changes = changedOptions();
  await mkdir(join(root, ".athanor-tests"), { recursive: true });
  const folder = await mkdtemp(join(root, `.athanor-tests/${example}-`));
  try {
    await writeFile(join(folder, "learn.config.ts"), changedConfig(example, task, changes));
    await using system = await openSystem(folder);
    const started = performance.now();
    const { steps } = await learn(system, { steps: [task], onEvent: progressLines(log) });
    const seconds = (performance.now() - started) / 1000;
    const failed = steps.find(({ status }) => status === "failed");
    if (failed) throw new Error(`bench: ${failed.name} failed: ${failed.error?.message ?? "no reason given"}`);
    const dataOf = (step: string) => steps.find(({ name }) => name === `${step}:${task}`)!.output.data;
    const { metrics } = dataOf("evaluate") as { metrics: Record<string, number> };
    const value = metrics[metric];
    if (value === undefined) throw new Error(`bench: expected ${metric} among ${Object.keys(metrics).join(", ")}`);
    return {
      example,
      metric,
      value,
      target,
      isReached: better === "higher" ? value >= target : value <= target,
      seconds,
      cores: availableParallelism(),
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
      changes,
      metrics,
      curves: dataOf("train").curves,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What `--set NAME=VALUE` says, values as JSON where they are. */
function changedOptions(): Record<string, unknown> {
  const given = process.argv.flatMap((word, i) => (word === "--set" ? [process.argv[i + 1] ?? ""] : []));
  return Object.fromEntries(
    given.map((each) => {
      const [name, value = ""] = each.split(/=(.*)/s) as [string, string | undefined];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}

/** The example's configuration with some options of its task changed; the example's own paths stay as they are. */
const changedConfig = (example: string, task: string, changes: object) => `
import base from ${JSON.stringify(pathToFileURL(join(root, "examples", example, "learn.config.ts")).href)};
const declared = base.learn[${JSON.stringify(task)}];
const options = { ...declared.options, ...${JSON.stringify(changes)} };
export default { ...base, learn: { [${JSON.stringify(task)}]: { ...declared, options } } };
`;

/** A line at the beginning and the end of each step, and every few seconds between. */
function progressLines(log: (line: string) => void): (event: StepEvent) => void {
  let last = 0;
  return ({ step, status, progress, result }) => {
    const now = performance.now();
    if (progress !== undefined && now - last < 5000) return;
    last = now;
    if (progress === undefined) {
      log(`${step}: ${status}${result?.error ? ` ${result.error.message}` : ""}`);
      return;
    }
    const { stage, done, total, unit, metrics = {} } = progress;
    const figures = Object.entries(metrics).map(([name, value]) => `${name} ${Number(value).toPrecision(4)}`);
    log([`${step}: ${stage}, ${done}/${total} ${unit ?? ""}`, ...figures].join(", "));
  };
}
