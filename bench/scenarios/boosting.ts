import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Column, cellOf, csv } from "@athanor/data";
import { median } from "../median.ts";
import { startPeer } from "../peer.ts";

interface Fit {
  readonly seconds: number;
  readonly loss: number;
  readonly megabytes: number;
}

const fitOnce = fileURLToPath(new URL("../fit-boosting.ts", import.meta.url));
const folder = join(
  process.env.ATHANOR_DATA ?? fileURLToPath(new URL("../../../shared/data", import.meta.url)),
  "tabular",
);
const sets = {
  california: { file: "california_housing_train.csv.gz", target: "median_house_value", positive: undefined },
  adult: { file: "adult_train.csv.gz", target: "income", positive: (value: unknown) => String(value).includes(">") },
  kddcup99: {
    file: "kddcup99_10pct_train.csv.gz",
    target: "label",
    positive: (value: unknown) => !String(value).startsWith("normal"),
  },
} as const;
const iterations = 100;
const rounds = 3;
const makers = ["athanor", "scikit-learn", "lightgbm"] as const;

/** Fits of 100 rounds, 31 leaves and 255 bins, in turn with scikit-learn and LightGBM: seconds, loss and peak memory, each in a process of its own. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const work = await mkdtemp(join(tmpdir(), "athanor-bench-"));
  try {
    const figures: Record<string, unknown> = {};
    for (const [name, { file, target, positive }] of Object.entries(sets)) {
      await prepare(work, name, join(folder, file), target, positive);
      const isClass = positive !== undefined;
      const fits: Record<(typeof makers)[number], Fit[]> = { athanor: [], "scikit-learn": [], lightgbm: [] };
      for (let round = 0; round < rounds; round++) {
        for (const maker of makers) {
          fits[maker].push(await fitBy(maker, work, name, isClass));
          const { seconds, loss, megabytes } = fits[maker].at(-1)!;
          log(`${name}: ${maker} ${seconds.toFixed(2)} s, loss ${loss.toPrecision(5)}, ${megabytes.toFixed(0)} MB`);
        }
      }
      const seconds = (maker: (typeof makers)[number]) => median(fits[maker].map((fit) => fit.seconds));
      figures[name] = {
        ...Object.fromEntries(
          makers.map((maker) => [
            maker,
            {
              seconds: seconds(maker),
              loss: fits[maker][0]!.loss,
              megabytes: median(fits[maker].map((fit) => fit.megabytes)),
            },
          ]),
        ),
        speedOverScikitLearn: seconds("scikit-learn") / seconds("athanor"),
        speedOverLightgbm: seconds("lightgbm") / seconds("athanor"),
      };
    }
    return { iterations, ...figures };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fitBy(maker: (typeof makers)[number], work: string, name: string, isClass: boolean): Promise<Fit> {
  if (maker === "athanor") {
    const conditions = process.execArgv;
    return JSON.parse(
      execFileSync(process.execPath, [...conditions, fitOnce, work, name, String(isClass), String(iterations)], {
        encoding: "utf8",
      }),
    );
  }
  await using peer = startPeer("boosting.py", { ATHANOR_BENCH_DATA: work });
  return await peer.ask<Fit>({ library: maker, name, isClass, rounds: iterations, threads: availableParallelism() });
}

/** Writes float32 features and float64 targets that all three read; names become their place in the alphabet. */
async function prepare(
  work: string,
  name: string,
  path: string,
  target: string,
  positive: ((value: unknown) => boolean) | undefined,
): Promise<void> {
  for await (const { columns, rows } of csv({ path }).open()) {
    const label = columns.find((column) => column.name === target);
    if (label === undefined) throw new Error(`bench: expected a column ${target} in ${path}`);
    const features = columns.filter((column) => column !== label).map((column) => numbersOf(column, rows));
    const x = new Float32Array(rows * features.length);
    for (const [k, values] of features.entries())
      for (let row = 0; row < rows; row++) x[row * features.length + k] = values[row]!;
    const y = Float64Array.from({ length: rows }, (_, row) => {
      const value = cellOf(label, row);
      return positive ? Number(positive(value)) : Number(value);
    });
    await writeFile(join(work, `${name}.x`), x);
    await writeFile(join(work, `${name}.y`), y);
  }
}

function numbersOf(column: Column, rows: number): Float64Array {
  if (column.type !== "text")
    return Float64Array.from({ length: rows }, (_, row) => Number(cellOf(column, row) ?? Number.NaN));
  const places = Int32Array.from(column.dictionary.keys()).sort((a, b) =>
    column.dictionary[a]! < column.dictionary[b]! ? -1 : 1,
  );
  const placeOf = new Map(Array.from(places, (code, place) => [code, place]));
  return Float64Array.from(column.codes, (code) => placeOf.get(code) ?? Number.NaN);
}
