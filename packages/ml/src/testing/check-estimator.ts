import { float32, Random, type Tensor } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import type { ClassifierEstimator, FitSettings } from "../define-classifier.ts";
import type { RegressorEstimator } from "../define-regressor.ts";
import { type Matrix, matrixFrom, takeSamples } from "../matrix.ts";
import { deserialize, serialize } from "../serialize.ts";

type Make = (options: { readonly seed: number }) => ClassifierEstimator | RegressorEstimator;

/** What an estimator does not promise. */
interface Limits {
  /** It takes counts: samples are made positive, and targets follow their proportions. */
  readonly counts?: boolean;
  /** It does not look at features. */
  readonly guesses?: boolean;
  /** It counts or draws rows: repeating one differs from weighing it. */
  readonly countsRows?: boolean;
  /** How far it stops from its optimum. */
  readonly tolerance?: number;
}

/** Exported models compute in single precision. */
const parity = 1e-5;

function anySamples(rows: number, seed: number): { x: Matrix; labels: string[]; numbers: number[] } {
  const random = Random.from(seed);
  const data = Array.from({ length: rows }, () => [random.normal(), random.normal(), random.normal()]);
  const scores = data.map(([a, b, c]) => a! - 0.5 * b! * b! + 0.3 * c! + 0.2 * random.normal());
  return {
    x: matrixFrom(data),
    labels: scores.map((score) => (score < -1 ? "low" : score < 0.3 ? "middle" : "high")),
    numbers: scores,
  };
}

/** Rows of 30 draws, half of which fall on the feature that the label names. */
function countSamples(rows: number, seed: number): ReturnType<typeof anySamples> {
  const random = Random.from(seed);
  const numbers = Array.from({ length: rows }, () => random.integer(3));
  const data = numbers.map((label) => {
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 30; draw++) counts[random.uniform() < 0.5 ? label : random.integer(3)]!++;
    return counts;
  });
  return { x: matrixFrom(data), labels: numbers.map((label) => ["low", "middle", "high"][label]!), numbers };
}

/** Checks the contract of an estimator, whatever its kind. */
export function checkEstimator(
  make: Make,
  { counts = false, guesses = false, countsRows = false, tolerance = 1e-9 }: Limits = {},
): void {
  const samples = counts ? countSamples : anySamples;
  const { name, kind, allowsMissing, weighs } = make({ seed: 1 });
  type Targets = Pick<ReturnType<typeof anySamples>, "labels" | "numbers">;
  const fit = (x: Matrix, { labels, numbers }: Targets, seed = 1, settings: FitSettings = {}) => {
    const estimator = make({ seed });
    return estimator.kind === "classifier" ? estimator.fit(x, labels, settings) : estimator.fit(x, numbers, settings);
  };
  const rowsOf = ({ x, labels, numbers }: ReturnType<typeof anySamples>, rows: readonly number[]) => ({
    x: takeSamples(x, rows),
    labels: rows.map((row) => labels[row]!),
    numbers: rows.map((row) => numbers[row]!),
  });
  const scoresOf = (model: Awaited<ReturnType<typeof fit>>, x: Matrix): Float64Array =>
    model.kind === "classifier" ? model.predictProbabilities(x) : model.predict(x);

  describe(`${name} as an estimator`, () => {
    it("gives the same state for the same seed, and forgets an earlier fit", async () => {
      const data = samples(60, 1);
      const estimator = make({ seed: 7 });
      const again = async () =>
        estimator.kind === "classifier" ? estimator.fit(data.x, data.labels) : estimator.fit(data.x, data.numbers);
      const first = serialize((await again()).state);
      expect(serialize((await again()).state)).toBe(first);
      expect(serialize((await fit(data.x, data, 7)).state)).toBe(first);
      expect(estimator.options).toEqual(make({ seed: 7 }).options);
    });

    it("predicts rows alike alone, together and in any order", async () => {
      const data = samples(60, 2);
      const model = await fit(data.x, data);
      const whole = scoresOf(model, data.x);
      const width = whole.length / 60;
      const order = Random.from(3).permutation(60);
      const shuffled = scoresOf(model, takeSamples(data.x, order));
      for (const [i, row] of order.entries())
        for (let k = 0; k < width; k++) expect(shuffled[i * width + k]).toBe(whole[row * width + k]);
      expect(scoresOf(model, takeSamples(data.x, [5]))).toEqual(whole.slice(5 * width, 6 * width));
    });

    it.skipIf(guesses)("learns better than guessing", async () => {
      const [data, unseen] = [samples(300, 4), samples(200, 5)];
      const model = await fit(data.x, data);
      if (model.kind === "classifier") {
        const predicted = model.predict(unseen.x);
        expect(predicted.filter((label, i) => label === unseen.labels[i]).length).toBeGreaterThan(120);
      } else {
        const errors = Array.from(model.predict(unseen.x), (value, i) => (value - unseen.numbers[i]!) ** 2);
        const mean = unseen.numbers.reduce((a, b) => a + b) / 200;
        expect(errors.reduce((a, b) => a + b)).toBeLessThan(
          0.5 * unseen.numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0),
        );
      }
    });

    it("keeps its state through text", async () => {
      const data = samples(60, 6);
      const model = await fit(data.x, data);
      const estimator = make({ seed: 1 });
      const state = deserialize(serialize(model.state));
      const restored =
        estimator.kind === "classifier" && model.kind === "classifier"
          ? estimator.restore(state, model.labels, 3)
          : (estimator as RegressorEstimator).restore(state, 3);
      expect(scoresOf(restored, data.x)).toEqual(scoresOf(model, data.x));
    });

    it("predicts the same when it is exported", async () => {
      const data = samples(120, 8);
      const unseen = samples(50, 9).x;
      const model = await fit(data.x, data);
      const g = new GraphBuilder();
      const x = g.input("x", "float32", ["batch", 3]);
      if (model.kind === "classifier") {
        const { label, probabilities } = model.toOnnx(g, x);
        g.output("label", label);
        g.output("scores", probabilities);
      } else g.output("scores", model.toOnnx(g, x));
      const results: Record<string, Tensor> = await (await openModel(g.build()))({ x: unseen });
      for (const [i, expected] of scoresOf(model, unseen).entries())
        expect(Math.abs(Number(results.scores!.data[i]) - expected)).toBeLessThan(
          parity * Math.max(1, Math.abs(expected)),
        );
      if (model.kind === "classifier") expect(results.label!.data).toEqual(model.predict(unseen));
    });

    if (kind === "classifier") {
      it("predicts the same of two classes when it is exported", async () => {
        const data = samples(120, 14);
        const model = await (make({ seed: 2 }) as ClassifierEstimator).fit(
          data.x,
          data.labels.map((label) => (label === "low" ? "no" : "yes")),
        );
        const g = new GraphBuilder();
        const { label, probabilities } = model.toOnnx(g, g.input("x", "float32", ["batch", 3]));
        g.output("label", label);
        g.output("scores", probabilities);
        const results = await (await openModel(g.build()))({ x: data.x });
        expect(results.label!.data).toEqual(model.predict(data.x));
        for (const [i, expected] of model.predictProbabilities(data.x).entries())
          expect(Number(results.scores!.data[i])).toBeCloseTo(expected, 5);
      });
    }

    if (allowsMissing) {
      it("learns from missing values and predicts the same of them when it is exported", async () => {
        const data = samples(300, 15);
        const random = Random.from(16);
        const holes = float32(
          data.x.data.map((value, i) =>
            (i % 3 === 0 ? random.uniform() < 0.2 : random.uniform() < 0.05) ? Number.NaN : value,
          ),
          [300, 3],
        );
        const model = await fit(holes, data);
        const g = new GraphBuilder();
        const x = g.input("x", "float32", ["batch", 3]);
        g.output("scores", model.kind === "classifier" ? model.toOnnx(g, x).probabilities : model.toOnnx(g, x));
        const unseen = float32([...holes.data.subarray(0, 600), ...new Float32Array(3).fill(Number.NaN)], [201, 3]);
        const exported = (await (await openModel(g.build()))({ x: unseen })).scores!;
        for (const [i, expected] of scoresOf(model, unseen).entries())
          expect(Math.abs(Number(exported.data[i]) - expected)).toBeLessThan(parity * Math.max(1, Math.abs(expected)));
        const own = scoresOf(model, holes);
        const width = own.length / 300;
        const beside = scoresOf(
          model,
          float32(
            holes.data.map((value) => (Number.isNaN(value) ? 0 : value)),
            [300, 3],
          ),
        );
        const losses = (scores: Float64Array) =>
          data.numbers.reduce((sum, number, row) => {
            if (model.kind === "regressor") return sum + (scores[row]! - number) ** 2;
            const share = scores[row * width + model.labels.indexOf(data.labels[row]!)]!;
            return sum - Math.log(Math.max(share, 1e-3));
          }, 0);
        expect(losses(own)).toBeLessThan(losses(beside));
      });
    }

    it("copes with one feature and a constant one", async () => {
      const data = samples(40, 10);
      const narrow = float32(
        Float32Array.from({ length: 40 }, (_, row) => data.x.data[row * 3]!),
        [40, 1],
      );
      expect(scoresOf(await fit(narrow, data), narrow).every(Number.isFinite)).toBe(true);
      const constant = float32(new Float32Array(40).fill(2), [40, 1]);
      expect(scoresOf(await fit(constant, data), constant).every(Number.isFinite)).toBe(true);
    });

    const broken = (value: number) => {
      const data = samples(20, 11);
      data.x.data[4] = value;
      return data;
    };
    it.each([
      ["an infinite value", broken(Number.POSITIVE_INFINITY), "ml/not-finite"],
      ["no samples", { ...samples(20, 1), x: float32([], [0, 3]) }, "ml/empty"],
      ["too few targets", { ...samples(20, 1), labels: ["a"], numbers: [1] }, "ml/length-mismatch"],
    ])("refuses %s", async (_, data, code) => {
      await expect(fit(data.x, data)).rejects.toMatchObject({ code });
    });

    if (!allowsMissing) {
      it("refuses missing values", async () => {
        const data = broken(Number.NaN);
        await expect(fit(data.x, data)).rejects.toMatchObject({ code: "ml/not-finite" });
      });
    }

    if (weighs) {
      it("counts a sample by its weight", async () => {
        const data = samples(60, 17);
        const weights = Array.from({ length: 60 }, (_, row) => row % 4);
        const times = countsRows ? weights.map((weight) => Math.min(1, weight)) : weights;
        const repeated = rowsOf(
          data,
          times.flatMap((weight, row) => Array<number>(weight).fill(row)),
        );
        const expected = scoresOf(await fit(repeated.x, repeated), data.x);
        const got = scoresOf(await fit(data.x, data, 1, { sampleWeight: times }), data.x);
        for (const [i, value] of expected.entries())
          expect(Math.abs(got[i]! - value)).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
      });

      it.each([
        ["negative weights", [...Array<number>(19).fill(1), -1], "ml/weights"],
        ["weights that are all zero", Array<number>(20).fill(0), "ml/weights"],
        ["too few weights", [1], "ml/length-mismatch"],
      ])("refuses %s", async (_, sampleWeight, code) => {
        const data = samples(20, 1);
        await expect(fit(data.x, data, 1, { sampleWeight })).rejects.toMatchObject({ code });
      });
    } else {
      it("refuses weights", async () => {
        const data = samples(20, 1);
        const sampleWeight = Array<number>(20).fill(1);
        await expect(fit(data.x, data, 1, { sampleWeight })).rejects.toMatchObject({ code: "ml/no-weights" });
      });
    }

    it("refuses samples of another width", async () => {
      const data = samples(30, 12);
      const model = await fit(data.x, data);
      expect(() => model.predict(float32([1, 2], [1, 2]))).toThrow(/expected 3 features as in fitting, got 2/);
    });

    if (kind === "classifier") {
      it("refuses a single class", async () => {
        const data = samples(20, 13);
        await expect(fit(data.x, { ...data, labels: data.labels.map(() => "only") })).rejects.toMatchObject({
          code: "ml/one-class",
        });
      });
    }
  });
}
