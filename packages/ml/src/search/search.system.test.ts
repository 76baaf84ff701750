import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { float32, Random } from "@athanor/core";
import { afterAll, describe, expect, it } from "vitest";
import { defineClassifier } from "../define-classifier.ts";
import { histGradientBoostingClassifier, kNeighborsClassifier, ridge } from "../estimators/index.ts";
import { standardScaler } from "../preprocessing/index.ts";
import { stratifiedKFold } from "../splits/stratified-k-fold.ts";
import { crossValidate, crossValPredict } from "./cross-validate.ts";
import { learningCurve, validationCurve } from "./curves.ts";
import { halvingSearch } from "./halving-search.ts";
import { fileJournal } from "./journal.ts";
import { gridSearch, randomSearch } from "./random-search.ts";
import type { SearchResult } from "./run-trials.ts";
import { step } from "./search-space.ts";
import { tpeSearch } from "./tpe-search.ts";

const random = Random.from(5);
const rows = 240;
const x = float32(
  Float32Array.from({ length: rows * 3 }, () => random.normal()),
  [rows, 3],
);
const score = (row: number) => x.data[3 * row]! - x.data[3 * row + 1]! ** 2 + 0.2 * random.normal();
const numbers = Array.from({ length: rows }, (_, row) => score(row));
const labels = numbers.map((value) => (value > -0.6 ? "high" : "low"));
const space = {
  boosting: [
    step(histGradientBoostingClassifier, {
      maxIter: { min: 5, max: 20 },
      learningRate: { min: 0.02, max: 0.5 },
      minSamplesLeaf: 5,
    }),
  ],
  neighbours: [step(standardScaler), step(kNeighborsClassifier, { nNeighbors: { min: 1, max: 30 } })],
};
const options = { candidates: 12, scoring: ["auc", "logLoss"], seed: 3, splits: stratifiedKFold(labels, 3, 1) };
const folder = await mkdtemp(join(tmpdir(), "athanor-search-"));
afterAll(() => rm(folder, { recursive: true }));
const plain = ({ best, trials }: SearchResult) =>
  JSON.stringify([best.index, trials.map(({ recipe, scores }) => [recipe, scores])]);

describe("a search", () => {
  it.each([
    ["random", randomSearch],
    [
      "halving",
      (...given: Parameters<typeof randomSearch>) =>
        halvingSearch(given[0], given[1], given[2], { ...given[3], minRows: 40 }),
    ],
    [
      "Parzen",
      (...given: Parameters<typeof randomSearch>) =>
        tpeSearch(given[0], given[1], given[2], { ...given[3], startup: 3 }),
    ],
    [
      "grid",
      (...given: Parameters<typeof randomSearch>) =>
        gridSearch(given[0], given[1], given[2], { ...given[3], points: 2 }),
    ],
  ] as const)("by %s finds the same on one thread and on two", async (_, search) => {
    const serial = await search(space, x, labels, { ...options, threads: 1 });
    const parallel = await search(space, x, labels, { ...options, threads: 2 });
    expect(plain(parallel)).toBe(plain(serial));
    expect(serial.best.rank).toBe(Math.max(...serial.trials.map(({ rank }) => (Number.isFinite(rank) ? rank : 0))));
    expect(serial.best.scores.auc!.mean).toBeGreaterThan(0.9);
  });

  it("goes on from its journal, whose last line may be cut off", async () => {
    const path = join(folder, "journal.jsonl");
    const whole = await randomSearch(space, x, labels, { ...options, journal: fileJournal(path) });
    const written = await readFile(path, "utf8");
    const lines = written.split("\n");
    expect(lines).toHaveLength(1 + 12 * 3 + 1);
    await writeFile(path, `${lines.slice(0, 20).join("\n")}\n${lines[20]!.slice(0, 15)}`);
    const again = await randomSearch(space, x, labels, { ...options, journal: fileJournal(path) });
    expect(plain(again)).toBe(plain(whole));
    const measured = (await readFile(path, "utf8")).split("\n").filter((line) => line.endsWith("}"));
    expect(measured).toHaveLength(1 + 12 * 3);
    const other = randomSearch(space, x, labels, { ...options, scoring: ["f1"], journal: fileJournal(path) });
    await expect(other).rejects.toMatchObject({ code: "ml/journal" });
  });

  it("stops when it is told, and goes on from there", async () => {
    const path = join(folder, "stopped.jsonl");
    const control = new AbortController();
    const stopped = randomSearch(space, x, labels, {
      ...options,
      journal: fileJournal(path),
      signal: control.signal,
      onProgress: ({ done }) => done === 4 && control.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    const seen: number[] = [];
    const result = await randomSearch(space, x, labels, {
      ...options,
      journal: fileJournal(path),
      onProgress: ({ done }) => seen.push(done),
    });
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(plain(result)).toBe(plain(await randomSearch(space, x, labels, options)));
  });

  it("leaves out a candidate that cannot be fitted, and says so when none can", async () => {
    const greedy = { neighbours: [step(kNeighborsClassifier, { nNeighbors: { values: [5, 5000] } })] };
    const { trials, best } = await gridSearch(greedy, x, labels, { scoring: ["accuracy"] });
    expect(trials.map(({ refusal }) => refusal !== undefined)).toEqual([false, true]);
    expect(best.index).toBe(0);
    const none = { neighbours: [step(kNeighborsClassifier, { nNeighbors: 5000 })] };
    await expect(gridSearch(none, x, labels)).rejects.toMatchObject({ code: "ml/no-candidate" });
  });

  it.each([
    ["random", randomSearch],
    ["halving", halvingSearch],
  ] as const)("by %s begins no candidate after its time", async (_, search) => {
    const { trials } = await search(space, x, labels, { ...options, candidates: 500, threads: 1, maxSeconds: 2 });
    expect(trials.length).toBeGreaterThan(0);
    expect(trials.length).toBeLessThan(500);
  });

  it("gives more rows to fewer candidates in each round of halving", async () => {
    const { rounds, trials } = await halvingSearch(space, x, labels, { ...options, factor: 2, minRows: 40 });
    expect(rounds).toEqual([
      { candidates: 12, share: 0.25 },
      { candidates: 6, share: 0.5 },
      { candidates: 3, share: 1 },
    ]);
    expect(trials).toHaveLength(12);
  });

  it("halves the middles of the families first, and keeps what the last round predicted", async () => {
    const { trials, best, finalists } = await halvingSearch(space, x, labels, {
      ...options,
      minRows: 40,
      keepsPredictions: true,
    });
    expect(trials.slice(0, 2).map(({ family, positions }) => [family, positions])).toEqual([
      ["boosting", [0.5, 0.5]],
      ["neighbours", [0.5]],
    ]);
    const kept = trials.filter(({ predictions }) => predictions);
    expect(kept).toContain(best);
    expect(kept).toHaveLength(4);
    expect(finalists).toEqual([...kept].sort((a, b) => b.rank - a.rank));
    expect(best.predictions!.map(({ length }) => length)).toEqual(options.splits.map(({ test }) => 2 * test.length));
  });
});

describe("cross-validation", () => {
  it("scores classes and numbers, and predicts each row unseen", async () => {
    const { scores, trainScores } = await crossValidate(histGradientBoostingClassifier({ maxIter: 20 }), x, labels, {
      scoring: ["accuracy", "auc"],
      alsoTrain: true,
    });
    expect(scores.auc!.folds).toHaveLength(5);
    expect(trainScores.auc!.mean).toBeGreaterThan(scores.auc!.mean);
    const linear = await crossValidate(ridge(), x, numbers, { scoring: ["r2"] });
    expect(linear.scores.r2!.mean).toBeGreaterThan(0.2);
    const unseen = await crossValPredict(kNeighborsClassifier({ nNeighbors: 1 }), x, labels);
    expect(unseen).toHaveLength(2 * rows);
    const right = labels.filter((label, row) => unseen[2 * row + Number(label === "low")] === 1).length;
    expect(right).toBeLessThan(rows);
    await expect(crossValidate(ridge(), x, numbers, { scoring: ["auc"] })).rejects.toMatchObject({ code: "ml/scorer" });
  });

  it("fits an estimator of the caller's own", async () => {
    const guess = defineClassifier({
      name: "guess",
      options: {},
      fit: () => ({}),
      probabilities: ({ shape }, _, classes) => new Float64Array(shape[0]! * classes).fill(1 / classes),
      toOnnx: (_, given) => given,
    });
    const { scores } = await crossValidate(guess(), x, labels, { scoring: ["auc"] });
    expect(scores.auc!.mean).toBe(0.5);
  });

  it("draws curves over rows and over an option", async () => {
    const learning = await learningCurve(kNeighborsClassifier(), x, labels, {
      shares: [0.2, 1],
      scoring: ["accuracy"],
    });
    expect(learning.map(({ at }) => at)).toEqual([38, 192]);
    expect(learning[1]!.test.accuracy!.mean).toBeGreaterThan(learning[0]!.test.accuracy!.mean);
    const [one] = await validationCurve(kNeighborsClassifier, "nNeighbors", [1, 40], x, labels);
    expect(one!.train.accuracy!.mean).toBe(1);
  });
});
