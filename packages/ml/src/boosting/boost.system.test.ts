import { float32, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../matrix.ts";
import { serialize } from "../serialize.ts";
import { type BoostTask, boost } from "./boost.ts";
import { boostScores } from "./boost-scores.ts";

const growth = {
  learningRate: 1,
  maxLeaves: 5,
  maxDepth: Number.POSITIVE_INFINITY,
  minSamplesLeaf: 10,
  l2: 0,
} as const;
const squaredError = { name: "squaredError", quantile: 0.5 } as const;
const task = (x: Matrix, y: ArrayLike<number>, more: Partial<BoostTask> = {}): BoostTask => ({
  x,
  y,
  outputs: 1,
  loss: squaredError,
  rounds: 1,
  growth,
  categorical: [],
  monotone: [],
  threads: 1,
  ...more,
});

/** Two numbers, some missing, and a name with six values. */
function samples(rows: number, seed: number, missing = 0.15) {
  const random = Random.from(seed);
  const data = new Float32Array(3 * rows);
  const y = Float64Array.from({ length: rows }, (_, row) => {
    const [a, b, c] = [random.normal(), random.uniform(), random.integer(6)];
    const hole = random.uniform() < missing;
    data.set([hole ? Number.NaN : a, b, c], 3 * row);
    return (hole ? 1.5 : Math.sin(2 * a)) + [0, 2, -1, 1, 3, -2][c]! * b + 0.1 * random.normal();
  });
  return { x: float32(data, [rows, 3]), y };
}

interface Options {
  readonly categorical: readonly number[];
  readonly monotone: readonly number[];
}

/** Every way to send rows left, tried one after the other: each tree grows at the leaf that gains most. */
function bruteForce(
  { data }: Matrix,
  y: Float64Array,
  { categorical, monotone }: Options,
  maxLeaves: number = growth.maxLeaves,
): Float64Array {
  const rows = Array.from(y.keys());
  const mean = (of: readonly number[]) => of.reduce((sum, row) => sum + y[row]!, 0) / of.length;
  const at = (row: number, feature: number) => data[row * 3 + feature]!;
  const bestOf = (leaf: readonly number[]) => {
    let best = { gain: 1e-9, left: [] as number[], right: [] as number[] };
    const consider = (feature: number, isLeft: (value: number) => boolean) => {
      const left = leaf.filter((row) => isLeft(at(row, feature)));
      const right = leaf.filter((row) => !isLeft(at(row, feature)));
      if (left.length < growth.minSamplesLeaf || right.length < growth.minSamplesLeaf) return;
      const [l, r] = [mean(left), mean(right)];
      if ((monotone[feature] ?? 0) * (r - l) < 0) return;
      const gain = ((left.length * right.length) / leaf.length) * (l - r) ** 2;
      if (gain > best.gain + 1e-9) best = { gain, left, right };
    };
    for (const feature of [0, 1, 2]) {
      const values = [...new Set(leaf.map((row) => at(row, feature)).filter((value) => !Number.isNaN(value)))];
      if (categorical.includes(feature))
        for (let set = 1; set < 2 ** values.length - 1; set++)
          consider(feature, (value) => ((set >> values.indexOf(value)) & 1) === 1);
      else
        for (const threshold of values)
          for (const missingLeft of [false, true])
            consider(feature, (value) => (Number.isNaN(value) ? missingLeft : value <= threshold));
    }
    return { rows: leaf, ...best };
  };
  const leaves = [bestOf(rows)];
  while (leaves.length < maxLeaves) {
    leaves.sort((a, b) => b.gain - a.gain);
    const { left, right } = leaves[0]!;
    if (left.length === 0) break;
    leaves.splice(0, 1, bestOf(left), bestOf(right));
  }
  const predicted = new Float64Array(rows.length);
  for (const leaf of leaves) for (const row of leaf.rows) predicted[row] = mean(leaf.rows);
  return predicted;
}

/** Gradients are kept in single precision. */
const tolerance = 1e-5;
const expectClose = (actual: Float64Array, expected: Float64Array) => {
  for (const [i, value] of expected.entries()) expect(Math.abs(actual[i]! - value)).toBeLessThan(tolerance);
};

describe("boost", () => {
  it.each([
    ["numbers", 0, [], []],
    ["missing values", 0.15, [], []],
    ["names and missing values", 0.15, [2], []],
  ] as const)("grows the tree that trying every split finds, with %s", async (_, missing, categorical, monotone) => {
    // So many rows of each name that none is too rare to be told apart.
    const { x, y } = samples(220, 3, missing);
    const fitted = await boost(task(x, y, { categorical, monotone }));
    expectClose(boostScores(x, fitted), bruteForce(x, y, { categorical, monotone }));
  });

  it("splits under constraints as trying every allowed split does", async () => {
    const { x, y } = samples(200, 4);
    const monotone = [-1, -1, 0];
    // Deeper splits also keep to the middle of their parent's values, which the reference does not know.
    const stump = await boost(task(x, y, { monotone, growth: { ...growth, maxLeaves: 2 } }));
    expectClose(boostScores(x, stump), bruteForce(x, y, { categorical: [], monotone }, 2));
    const free = await boost(task(x, y, { growth: { ...growth, maxLeaves: 2 } }));
    expect(free.rounds[0]![0]!.threshold[0]).not.toBe(stump.rounds[0]![0]!.threshold[0]);
  });

  it("only rises or falls where it is told to", async () => {
    const { x, y } = samples(400, 5);
    const fitted = await boost(
      task(x, y, { rounds: 20, monotone: [1, -1, 0], growth: { ...growth, learningRate: 0.3, maxLeaves: 15 } }),
    );
    const steps = 40;
    for (const [feature, direction] of [
      [0, 1],
      [1, -1],
    ] as const) {
      for (let row = 0; row < 20; row++) {
        const line = float32(
          Float32Array.from({ length: 3 * steps }, (_, i) =>
            i % 3 === feature ? (6 * Math.floor(i / 3)) / steps - 3 : x.data[3 * row + (i % 3)]!,
          ),
          [steps, 3],
        );
        const scores = boostScores(line, fitted);
        for (let i = 1; i < steps; i++) expect(direction * (scores[i]! - scores[i - 1]!)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it.each([
    ["classes", { loss: { name: "logLoss", quantile: 0.5 }, outputs: 3 }],
    ["quantiles", { loss: { name: "quantile", quantile: 0.8 } }],
  ] as const)("grows the same trees of %s on one, two and three threads", async (_, loss) => {
    const { x, y } = samples(3000, 6);
    const targets = "outputs" in loss ? y.map((value) => (value < 0 ? 0 : value < 1 ? 1 : 2)) : y;
    const validation = Array.from({ length: 300 }, (_, i) => 7 * i);
    const fit = (threads: number) =>
      boost(
        task(x, targets, {
          ...loss,
          rounds: 12,
          categorical: [2],
          threads,
          growth: { ...growth, maxLeaves: 16, learningRate: 0.2 },
          earlyStopping: { patience: 3, tolerance: 0, validation },
        }),
      );
    const one = serialize(await fit(1));
    expect(serialize(await fit(2))).toBe(one);
    expect(serialize(await fit(3))).toBe(one);
  });

  it("stops when rows set aside gain nothing", async () => {
    const random = Random.from(7);
    const x = float32(
      Float32Array.from({ length: 600 }, () => random.normal()),
      [200, 3],
    );
    const noise = Float64Array.from({ length: 200 }, () => random.normal());
    const validation = Array.from({ length: 60 }, (_, i) => 3 * i);
    const fitted = await boost(
      task(x, noise, { rounds: 500, earlyStopping: { patience: 4, tolerance: 1e-7, validation } }),
    );
    const { validationLosses: losses } = fitted;
    expect(losses.length).toBeLessThan(500);
    expect(Math.min(...losses.slice(-4))).toBeGreaterThan(losses.at(-5)! - 1e-7);
    const scores = boostScores(x, fitted);
    const mean = validation.reduce((sum, row) => sum + (scores[row]! - noise[row]!) ** 2 / 2, 0) / 60;
    expect(mean).toBeCloseTo(losses.at(-1)!, 10);
  });

  it.each(["squaredError", "quantile"] as const)(
    "takes weights as rows that are there more than once (%s)",
    async (name) => {
      const { x, y } = samples(150, 8);
      const weights = Float64Array.from(y, (_, row) => 1 + (row % 3));
      const repeated = Array.from(y.keys()).flatMap((row) => new Array<number>(weights[row]!).fill(row));
      const loss = { name, quantile: 0.7 };
      const settings = { loss, rounds: 3, growth: { ...growth, minSamplesLeaf: 1, maxLeaves: 4 } };
      const weighted = await boost(task(x, y, { ...settings, weights }));
      const rows = float32(
        repeated.flatMap((row) => [...x.data.subarray(3 * row, 3 * row + 3)]),
        [repeated.length, 3],
      );
      const plain = await boost(
        task(
          rows,
          repeated.map((row) => y[row]!),
          settings,
        ),
      );
      expectClose(boostScores(x, weighted), boostScores(x, plain));
    },
  );

  it("tells of its rounds and stops when it is aborted", async () => {
    const { x, y } = samples(500, 9);
    const abort = new AbortController();
    const seen: number[] = [];
    const work = boost(
      task(x, y, {
        rounds: 100_000,
        threads: 2,
        signal: abort.signal,
        onProgress({ done }) {
          seen.push(done);
          if (done === 5) abort.abort();
        },
      }),
    );
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
    expect(seen.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
    await expect(boost(task(x, y, { signal: abort.signal }))).rejects.toMatchObject({ name: "AbortError" });
  });

  it("refuses more categories than there are bins", async () => {
    const x = float32(
      Float32Array.from({ length: 300 }, (_, row) => row),
      [300, 1],
    );
    await expect(boost(task(x, new Float64Array(300), { categorical: [0] }))).rejects.toMatchObject({
      code: "ml/categories",
    });
  });
});
