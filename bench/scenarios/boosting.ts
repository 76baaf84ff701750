import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "../median.ts";
import { numbersOfTable } from "../numbers-of-table.ts";
import { startPeer } from "../peer.ts";

interface Fit {
  readonly seconds: number;
  readonly loss: number;
  readonly megabytes: number;
}

const fitOnce = fileURLToPath(new URL("../fit-boosting.ts", import.meta.url));
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
      await prepare(work, name, file, target, positive);
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

/** Writes float32 features and float64 targets that all three read. */
async function prepare(
  work: string,
  name: string,
  file: string,
  target: string,
  positive: ((value: unknown) => boolean) | undefined,
): Promise<void> {
  const { x, targets } = await numbersOfTable(file, target);
  await writeFile(join(work, `${name}.x`), x);
  const numbers = targets.map((value) => (positive ? Number(positive(value)) : Number(value)));
  await writeFile(join(work, `${name}.y`), Float64Array.from(numbers));
}
