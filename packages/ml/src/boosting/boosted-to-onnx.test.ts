import { float32, Random } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { histGradientBoostingRegressor } from "../estimators/hist-gradient-boosting-regressor.ts";

/** Exported models compute in single precision. */
const parity = 1e-5;

describe("boostedToOnnx", () => {
  it.each([
    ["whole numbers", (k: number) => k],
    ["numbers of any kind", (k: number) => Math.fround(100_000.1 * k - 3.3)],
  ])("predicts the same of seen, unseen and missing categories that are %s", async (_, name) => {
    const random = Random.from(1);
    const rows = 600;
    const data = new Float32Array(2 * rows);
    const y = Float64Array.from({ length: rows }, (_, row) => {
      const k = random.integer(40);
      const isMissing = row % 9 === 0;
      data.set([isMissing ? Number.NaN : name(k), random.normal()], 2 * row);
      return (isMissing ? 20 : (k * 7) % 13) + data[2 * row + 1]!;
    });
    const model = await histGradientBoostingRegressor({ categorical: [0], maxIter: 30 }).fit(
      float32(data, [rows, 2]),
      y,
    );
    expect(model.state.rounds[0]![0]!.categories[0]!.length).toBeGreaterThan(1);
    const g = new GraphBuilder();
    g.output("scores", model.toOnnx(g, g.input("x", "float32", ["batch", 2])));
    const run = await openModel(g.build());
    // Beyond the known ones, between them, and none at all.
    for (const value of [...Array.from({ length: 40 }, (_, k) => name(k)), name(41), -77, 2.5, 1e9, Number.NaN]) {
      const x = float32([value, 0.3], [1, 2]);
      const [expected] = model.predict(x);
      expect(Math.abs(Number((await run({ x })).scores!.data[0]) - expected!)).toBeLessThan(
        parity * Math.max(1, Math.abs(expected!)),
      );
    }
  });
});
