import { AthanorError, float32, Random, type Tensor } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import type { Transformer, TransformerEstimator } from "../define-transformer.ts";
import { type Matrix, takeSamples } from "../matrix.ts";
import { deserialize, serialize } from "../serialize.ts";

type Make = (options: { readonly seed: number }) => TransformerEstimator;

/** Exported transformers give single precision. */
const parity = 1e-5;

function samples(rows: number, seed: number): { readonly x: Matrix; readonly labels: readonly string[] } {
  const random = Random.from(seed);
  const labels = Array.from({ length: rows }, () => random.integer(3));
  const x = labels.flatMap((label) => [random.normal() + label, Math.abs(random.normal()), random.integer(4)]);
  return { x: float32(x, [rows, 3]), labels: labels.map(String) };
}

const run = async (model: Transformer, x: Matrix): Promise<Tensor> => {
  const g = new GraphBuilder();
  g.output("features", model.toOnnx(g, g.input("x", "float32", ["batch", model.features])));
  const results: Record<string, Tensor> = await (await openModel(g.build()))({ x });
  return results.features!;
};

/** Checks the contract of a transformer. */
export function checkTransformer(make: Make): void {
  const { name, allowsMissing, supervised } = make({ seed: 1 });
  const fit = ({ x, labels }: ReturnType<typeof samples>, seed = 1) => make({ seed }).fit(x, labels);

  describe(`${name} as a transformer`, () => {
    it("gives the same state for the same seed, and forgets an earlier fit", async () => {
      const transformer = make({ seed: 7 });
      const [data, other] = [samples(60, 1), samples(50, 2)];
      const first = serialize((await transformer.fit(data.x, data.labels)).state);
      await transformer.fit(other.x, other.labels);
      expect(serialize((await transformer.fit(data.x, data.labels)).state)).toBe(first);
    });

    it("transforms rows alike alone, together and in any order", async () => {
      const data = samples(60, 3);
      const model = await fit(data);
      const whole = model.transform(data.x);
      expect(whole.shape).toEqual([60, model.outputs]);
      const order = Random.from(4).permutation(60);
      expect(model.transform(takeSamples(data.x, order)).data).toEqual(takeSamples(whole, order).data);
      expect(model.transform(takeSamples(data.x, [5])).data).toEqual(takeSamples(whole, [5]).data);
    });

    it("leaves the samples as they were", async () => {
      const { x, labels } = samples(40, 5);
      const before = x.data.slice();
      (await make({ seed: 1 }).fit(x, labels)).transform(x);
      expect(x.data).toEqual(before);
    });

    it("names each of its columns", async () => {
      const model = await fit(samples(60, 6));
      const names = model.featureNames(["a", "b", "c"]);
      expect(names).toHaveLength(model.outputs);
      expect(new Set(names).size).toBe(model.outputs);
    });

    it("keeps its state through text", async () => {
      const data = samples(60, 7);
      const model = await fit(data);
      const restored = make({ seed: 1 }).restore(deserialize(serialize(model.state)), 3);
      expect(restored.transform(data.x)).toEqual(model.transform(data.x));
    });

    it("transforms the same when it is exported", async () => {
      const unseen = samples(50, 9).x;
      if (allowsMissing) for (let i = 0; i < 150; i += 7) unseen.data[i] = Number.NaN;
      const model = await fit(samples(120, 8));
      const expected = model.transform(unseen);
      const actual = await run(model, unseen);
      expect(actual.shape).toEqual(expected.shape);
      for (const [i, value] of expected.data.entries())
        expect(Math.abs(Number(actual.data[i]) - value)).toBeLessThanOrEqual(parity * Math.max(1, Math.abs(value)));
    });

    it("gives finite numbers for one feature and a constant one, or says that none is left", async () => {
      const data = samples(40, 10);
      for (const at of [(row: number) => data.x.data[row * 3]!, () => 2]) {
        const x = float32(
          Float32Array.from({ length: 40 }, (_, row) => at(row)),
          [40, 1],
        );
        const finite = await make({ seed: 1 })
          .fit(x, data.labels)
          .then((model) => model.transform(x).data.every(Number.isFinite))
          .catch((error) => error instanceof AthanorError && error.code === "ml/no-features");
        expect(finite).toBe(true);
      }
    });

    const broken = (value: number) => {
      const data = samples(20, 11);
      data.x.data[4] = value;
      return data;
    };
    it.each([
      ["an infinite value", broken(Number.POSITIVE_INFINITY), "ml/not-finite"],
      ["no samples", { ...samples(20, 1), x: float32([], [0, 3]) }, "ml/empty"],
      ["too few labels", { ...samples(20, 1), labels: ["a"] }, "ml/length-mismatch"],
    ])("refuses %s", async (_, data, code) => {
      await expect(fit(data)).rejects.toMatchObject({ code });
    });

    it(allowsMissing ? "takes missing values" : "refuses NaN", async () => {
      const data = broken(Number.NaN);
      if (allowsMissing) expect((await fit(data)).transform(data.x).data.every(Number.isFinite)).toBe(true);
      else await expect(fit(data)).rejects.toMatchObject({ code: "ml/not-finite" });
    });

    it("refuses samples of another width", async () => {
      const model = await fit(samples(30, 12));
      expect(() => model.transform(float32([1, 2], [1, 2]))).toThrow(/expected 3 features as in fitting, got 2/);
    });

    it(supervised ? "refuses to learn without labels" : "learns without labels", async () => {
      const { x } = samples(30, 13);
      if (supervised) await expect(make({ seed: 1 }).fit(x)).rejects.toMatchObject({ code: "ml/no-labels" });
      else expect((await make({ seed: 1 }).fit(x)).features).toBe(3);
    });
  });
}
