import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { learn, openSystem } from "@athanor/system";
import { type AccuracyBench, accuracy } from "./accuracy.ts";
import { startPeer } from "./peer.ts";
import { rowsForPeer } from "./rows-for-peer.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * What an example reaches, and with `--peer` what the same recipe reaches in PyTorch: the same rows to learn from and to measure on,
 * the same options, another stream of random numbers.
 */
export async function accuracyBesideTorch(
  bench: AccuracyBench,
  log: (line: string) => void,
): Promise<Record<string, unknown>> {
  const ours = await accuracy(bench, log);
  if (!process.argv.includes("--peer")) return ours;
  await mkdir(join(root, ".athanor-tests"), { recursive: true });
  const folder = await mkdtemp(join(root, `.athanor-tests/${bench.example}-`));
  try {
    const message = await settingOf(bench, folder, ours.changes as object);
    await using peer = startPeer("accuracy.py");
    const { threads } = message.options;
    const theirs = await peer.ask<Readonly<Record<string, unknown>>>({
      ...message,
      threads: threads ?? availableParallelism(),
    });
    const value = theirs[bench.metric] as number;
    log(`${bench.example}: ${bench.metric} ${ours.value} here, ${value} in PyTorch`);
    return { ...ours, peer: theirs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The task of an example, its options, and its rows. */
async function settingOf({ example, task }: AccuracyBench, folder: string, changes: object) {
  const declaration = join(root, "examples", example, "learn.config.ts");
  await writeFile(
    join(folder, "learn.config.ts"),
    `export { default } from ${JSON.stringify(pathToFileURL(declaration).href)};\n`,
  );
  await using system = await openSystem(folder);
  const { options: declared, task: definition } = system.config.learn![task]!;
  const defaults = Object.entries(definition.options).map(([name, option]) => [name, option.default]);
  const options: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(defaults),
    ...declared,
    ...changes,
  };
  const sources = [options.from, options.test, options.begin].filter((source) => typeof source === "string");
  const { steps } = await learn(system, { steps: sources.map((source) => `ingest:${source}`) });
  const stored = (source: string) => steps.find(({ name }) => name === `ingest:${source}`)!.output.objects;
  const common = { task: definition.name, options, seed: system.config.seed ?? 0 };
  const { objects } = system.workspace;
  return { ...common, ...(await rowsForPeer(common, { stored, objects, file: join(folder, "rows.bin") })) };
}
