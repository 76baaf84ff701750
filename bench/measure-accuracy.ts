import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { learn, openSystem } from "@athanor/system";

export interface AccuracyTarget {
  /** A folder of `examples`, whose configuration is learned as it stands. */
  readonly example: string;
  /** The model of it that is measured. */
  readonly model: string;
  readonly metric: string;
  readonly reaches: { readonly atLeast: number } | { readonly atMost: number };
}

const root = fileURLToPath(new URL("..", import.meta.url));
const reportEveryMs = 10_000;

/** Learns an example from its files to a registered model, and tells the figure on the rows that it held back, the curves and the time. */
export async function measureAccuracy(
  { example, model, metric, reaches }: AccuracyTarget,
  log: (line: string) => void,
): Promise<Record<string, unknown>> {
  await mkdir(join(root, ".athanor-tests"), { recursive: true });
  const folder = await mkdtemp(join(root, `.athanor-tests/${example}-`));
  try {
    await copyFile(join(root, "examples", example, "learn.config.ts"), join(folder, "learn.config.ts"));
    await using system = await openSystem(folder);
    const started = performance.now();
    let reported = Number.NEGATIVE_INFINITY;
    const { steps } = await learn(system, {
      steps: [model],
      onEvent({ step, status, progress }) {
        const now = performance.now();
        if (progress && now - reported < reportEveryMs) return;
        reported = now;
        const seconds = ((now - started) / 1000).toFixed(0);
        const figures = Object.entries(progress?.metrics ?? {}).map(
          ([name, figure]) => `${name} ${figure.toPrecision(4)}`,
        );
        const at = progress ? `${progress.stage} ${progress.done}/${progress.total ?? "?"}` : status;
        log([`${seconds} s`, step, at, ...figures].join("  "));
      },
    });
    const seconds = (performance.now() - started) / 1000;
    const failed = steps.find(({ error }) => error);
    if (failed) throw failed.error;
    const output = (kind: string) => steps.find(({ name }) => name === `${kind}:${model}`)!.output.data;
    const { metrics } = output("evaluate") as { metrics: Readonly<Record<string, number>> };
    const figure = metrics[metric]!;
    const bar = "atLeast" in reaches ? reaches.atLeast : reaches.atMost;
    const isReached = "atLeast" in reaches ? figure >= bar : figure <= bar;
    log(
      `${example}: ${metric} ${figure.toFixed(4)}, bar ${bar} ${isReached ? "reached" : "missed"}, in ${seconds.toFixed(0)} s`,
    );
    return { metric, figure, bar, isReached, seconds, metrics, curves: output("train").curves };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
