import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { columnOf, csv, numbersOf, type Table } from "@athanor/data";
import {
  encodeTable,
  fitTableEncoder,
  histGradientBoostingRegressor,
  kFold,
  randomSearch,
  type SearchResult,
  step,
} from "@athanor/ml";
import { median } from "../median.ts";

const file = join(
  process.env.ATHANOR_DATA ?? fileURLToPath(new URL("../../../shared/data", import.meta.url)),
  "tabular/abalone.csv",
);
const [candidates, folds, rounds] = [60, 5, 3];
const space = {
  boosting: [
    step(histGradientBoostingRegressor, {
      maxIter: { min: 20, max: 60 },
      learningRate: { min: 0.02, max: 0.3 },
      maxLeaves: { min: 7, max: 63, scale: "log" },
      minSamplesLeaf: { min: 5, max: 50 },
    }),
  ],
};
const outcome = ({ trials }: SearchResult) => JSON.stringify(trials.map(({ recipe, scores }) => [recipe, scores]));

/** 60 candidates by 5 folds of boosting on one thread and on all, in turn: seconds, and whether the results are identical. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  let table: Table | undefined;
  for await (const part of csv({ path: file }).open()) table = part;
  const names = table!.columns.map(({ name }) => name).filter((name) => name !== "rings");
  const x = encodeTable(fitTableEncoder(table!, names), table!);
  const y = numbersOf(columnOf(table!, "rings"));
  const threads = availableParallelism();
  const seconds: Record<"serial" | "parallel", number[]> = { serial: [], parallel: [] };
  let identical = true;
  let first: string | undefined;
  for (let round = 0; round < rounds; round++) {
    for (const [name, count] of [
      ["serial", 1],
      ["parallel", threads],
    ] as const) {
      const started = performance.now();
      const result = await randomSearch(space, x, y, {
        candidates,
        splits: kFold(y.length, folds, 1),
        seed: 1,
        threads: count,
      });
      seconds[name].push((performance.now() - started) / 1000);
      first ??= outcome(result);
      identical &&= outcome(result) === first;
      log(`${name}: ${seconds[name].at(-1)!.toFixed(1)} s, RMSE ${result.best.scores.rmse!.mean.toFixed(4)}`);
    }
  }
  const efficiency = median(seconds.serial.map((each, i) => each / seconds.parallel[i]! / threads));
  return {
    candidates,
    folds,
    threads,
    serial: median(seconds.serial),
    parallel: median(seconds.parallel),
    efficiency,
    identical,
  };
}
