import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { columnOf, numbersOf, readSnapshot } from "@athanor/data";
import { trainTestSplit } from "@athanor/ml";
import { learn, openSystem } from "@athanor/system";
import { type AccuracyBench, accuracy } from "./accuracy.ts";
import { startPeer } from "./peer.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Options extends Readonly<Record<string, unknown>> {
  readonly from: string;
  readonly testShare: number;
  readonly time?: string | null;
  readonly targets?: readonly string[];
  readonly features?: readonly string[];
}

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
    const message = await rowsOf(bench, folder, ours.changes as object);
    await using peer = startPeer("accuracy.py");
    const theirs = await peer.ask<Readonly<Record<string, unknown>>>({ ...message, threads: availableParallelism() });
    const value = theirs[bench.metric] as number;
    log(`${bench.example}: ${bench.metric} ${ours.value} here, ${value} in PyTorch`);
    return { ...ours, peer: theirs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The rows of an example as a file of numbers, what they are, and which of them are held back. */
async function rowsOf({ example, task }: AccuracyBench, folder: string, changes: object) {
  const declaration = join(root, "examples", example, "learn.config.ts");
  await writeFile(
    join(folder, "learn.config.ts"),
    `export { default } from ${JSON.stringify(pathToFileURL(declaration).href)};\n`,
  );
  await using system = await openSystem(folder);
  const { options: declared, task: definition } = system.config.learn![task]!;
  const defaults = Object.entries(definition.options).map(([name, option]) => [name, option.default]);
  const options = { ...Object.fromEntries(defaults), ...declared, ...changes } as Options;
  const { steps } = await learn(system, { steps: [`ingest:${options.from}`] });
  const { snapshot, index } = steps.find(({ name }) => name === `ingest:${options.from}`)!.output.objects;
  const { objects } = system.workspace;
  const file = join(folder, "rows.bin");
  const common = { task: definition.name, options, file, seed: system.config.seed ?? 0 };
  if (index === undefined) {
    const table = await readSnapshot(objects.path(snapshot!), {});
    const names = [...options.targets!, ...options.features!];
    const times = options.time ? numbersOf(columnOf(table, options.time)) : undefined;
    const order = [...Array(table.rows).keys()].sort((a, b) => (times ? times[a]! - times[b]! : a - b));
    const columns = names.map((name) => numbersOf(columnOf(table, name)));
    await writeFile(file, Float64Array.from(order.flatMap((row) => columns.map((column) => column[row]!))));
    return { ...common, shape: [table.rows, names.length] };
  }
  const { labels, shape, rate } = JSON.parse(Buffer.from(await objects.get(index)).toString());
  await writeFile(file, await objects.get(snapshot!));
  const { test } = trainTestSplit(labels.length, options.testShare, common.seed, labels);
  return { ...common, shape, rate, labels, test };
}
