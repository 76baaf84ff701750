import { describe, expect, it } from "vitest";
import { golden, worst } from "../testing/golden.ts";
import { arima } from "./arima.ts";
import { changePoints } from "./change-points.ts";
import { type DecomposeOptions, decompose } from "./decompose.ts";
import { exponentialSmoothing } from "./exponential-smoothing.ts";
import { kpss } from "./kpss.ts";
import { mannKendall, twoSided } from "./mann-kendall.ts";
import type { SmoothingForm } from "./smoothing-states.ts";

interface SeriesRecord {
  readonly values: readonly number[];
  readonly period: number;
  readonly decompose: readonly (Omit<DecomposeOptions, "period"> & {
    readonly trend: readonly number[];
    readonly season: readonly number[];
  })[];
  readonly smoothing: readonly (Omit<SmoothingForm, "period"> & {
    readonly fitted: readonly number[];
    readonly forecast: readonly number[];
    readonly bestSquares: number;
  })[];
  readonly kpss: readonly { readonly lags: number; readonly statistic: number }[];
  readonly changePoints: { readonly penalty: number; readonly changes: readonly number[] };
  readonly falling: number;
}
const { records, normal } = golden<{
  readonly records: Readonly<Record<string, SeriesRecord>>;
  readonly normal: readonly { readonly z: number; readonly pValue: number }[];
}>("series");
const sets = Object.entries(records).map(([name, record]) => [name, Float64Array.from(record.values), record] as const);

/** The records have eleven digits. */
const digits = 1e-9;
const noise = (count: number) => Float64Array.from({ length: count }, (_, i) => Math.sin(i * i * 1.7) * 0.5);

describe("decompose", () => {
  it.each(sets)("parts %s as statsmodels' STL does", async (_, values, { period, decompose: expected }) => {
    for (const { trend, season, ...options } of expected) {
      const found = await decompose(values, { period, ...options });
      expect(worst(found.trend, trend)).toBeLessThan(digits);
      expect(worst(found.season, season)).toBeLessThan(digits);
      expect(
        worst(
          found.rest,
          Array.from(values, (value, i) => value - trend[i]! - season[i]!),
        ),
      ).toBeLessThan(1e-7);
    }
  });

  it("says how strong trend and season are", async () => {
    const values = noise(120).map((value, i) => value + 8 * Math.sin((i * Math.PI) / 6));
    const { strength } = await decompose(values, { period: 12 });
    expect(strength.season).toBeGreaterThan(0.95);
    expect(strength.trend).toBeLessThan(0.4);
  });

  it("refuses less than two seasons and gaps", async () => {
    await expect(decompose(noise(20), { period: 12 })).rejects.toMatchObject({ code: "mining/series" });
    await expect(decompose(noise(40).fill(Number.NaN, 3, 4), { period: 12 })).rejects.toMatchObject({
      code: "mining/series",
    });
    await expect(decompose(noise(40), { period: 1 })).rejects.toMatchObject({ code: "mining/option" });
  });
});

describe("exponentialSmoothing", () => {
  it.each(sets)("follows %s as statsmodels does, and fits as well", async (_, values, { period, smoothing }) => {
    const rates = { level: 0.4, trend: 0.1, season: 0.3, damping: 0.9 };
    for (const { trend, season, fitted, forecast, bestSquares } of smoothing) {
      const given = await exponentialSmoothing(values, { trend, season, period, rates, horizon: period - 1 });
      expect(worst(given.fitted, fitted)).toBeLessThan(digits);
      expect(worst(given.forecast, forecast)).toBeLessThan(digits);
      const best = await exponentialSmoothing(values, { trend, season, period });
      expect(best.squares).toBeLessThan(bestSquares * 1.005);
    }
  });

  it("continues a straight line, and refuses a multiplicative season below 0", async () => {
    const line = Float64Array.from({ length: 30 }, (_, i) => 3 + 2 * i);
    const { forecast } = await exponentialSmoothing(line, { trend: "additive", horizon: 2 });
    expect(worst(forecast, [63, 65])).toBeLessThan(1e-6);
    await expect(exponentialSmoothing(noise(30), { season: "multiplicative", period: 4 })).rejects.toMatchObject({
      code: "mining/positive",
    });
  });
});

describe("kpss, mannKendall and changePoints", () => {
  it.each(sets)("of %s are those of statsmodels, of a count and of ruptures", async (_, values, record) => {
    for (const { lags, statistic } of record.kpss) expect(kpss(values, lags)).toBeCloseTo(statistic, 9);
    const pairs = (values.length * (values.length - 1)) / 2;
    const ties = values.reduce(
      (sum, value, i) => sum + values.subarray(0, i).filter((other) => other === value).length,
      0,
    );
    expect(mannKendall(values).tau).toBeCloseTo((pairs - ties - 2 * record.falling) / pairs, 12);
    const { changes, penalty } = record.changePoints;
    expect((await changePoints(values, { penalty })).changes).toEqual(changes);
  });

  it("gives SciPy's two-sided normal probabilities", () => {
    for (const { z, pValue } of normal) expect(twoSided(z) / pValue).toBeCloseTo(1, 10);
  });

  it("finds a change of level, one of variance, and none in noise", async () => {
    const step = noise(200).map((value, i) => value + (i < 80 ? 0 : 3));
    expect((await changePoints(step)).changes).toEqual([80]);
    const wild = noise(200).map((value, i) => value * (i < 120 ? 1 : 20));
    expect((await changePoints(wild, { of: "mean-and-variance", minLength: 8 })).changes).toHaveLength(1);
    expect((await changePoints(noise(200), { minLength: 5 })).changes).toEqual([]);
    expect(mannKendall(noise(200)).pValue).toBeGreaterThan(0.05);
    expect(mannKendall(step).pValue).toBeLessThan(1e-6);
  });

  it("is exact with a least length: no other split of a short series costs less", async () => {
    const values = noise(14).map((value, i) => value + (i % 5));
    const { cost } = await changePoints(values, { minLength: 3, penalty: 0.8 });
    const spread = (part: Float64Array) => {
      const mean = part.reduce((a, b) => a + b) / part.length;
      return part.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    };
    const least = (from: number): number => {
      let best = spread(values.subarray(from));
      for (let to = from + 3; to + 3 <= values.length; to++)
        best = Math.min(best, spread(values.subarray(from, to)) + 0.8 + least(to));
      return best;
    };
    expect(cost).toBeCloseTo(least(0), 10);
  });
});

describe("arima", () => {
  it("finds the process that made a series, and foresees it with growing doubt", async () => {
    let [state, errors] = [0, 1];
    const values = Float64Array.from({ length: 150 }, () => {
      errors = (errors * 16807) % 2147483647;
      state = 0.8 * state + (errors / 2147483647 - 0.5);
      return 10 + state;
    });
    const found = await arima(values, { order: { ar: 1, differences: 0, ma: 0, constant: true }, horizon: 30 });
    expect(found.ar[0]).toBeGreaterThan(0.6);
    expect(found.constant).toBeCloseTo(10, 0);
    const { means, deviations } = found.forecast;
    expect(means[29]).toBeCloseTo(found.constant, 2);
    expect(deviations[0]).toBeCloseTo(Math.sqrt(found.variance), 12);
    expect(deviations[29]).toBeCloseTo(Math.sqrt(found.variance / (1 - found.ar[0]! ** 2)), 3);
  });

  it("continues the drift of a differenced series", async () => {
    const values = noise(40).map((value, i) => 2 * i + value / 10);
    const { means, deviations } = (
      await arima(values, { order: { ar: 0, differences: 1, ma: 0, constant: true }, horizon: 4 })
    ).forecast;
    expect(means[3]! - values[39]!).toBeCloseTo((4 * (values[39]! - values[0]!)) / 39, 6);
    expect(deviations[3]! / deviations[0]!).toBeCloseTo(2, 12);
  });

  it("refuses a series that does not vary, or is short", async () => {
    await expect(arima(new Float64Array(30))).rejects.toMatchObject({ code: "mining/constant-series" });
    await expect(arima(noise(5))).rejects.toMatchObject({ code: "mining/series" });
  });
});
