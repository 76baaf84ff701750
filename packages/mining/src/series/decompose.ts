import { type LongWork, pauses } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { quantile, sorted } from "../quantile.ts";
import { checkSeries } from "./check-series.ts";
import { loess, loessAt } from "./loess.ts";

/** How smooth the parts of a series are. */
export interface DecomposeOptions extends LongWork {
  /** Values in a season: 12 for months of years, 7 for days of weeks. */
  readonly period: number;
  /** Years, or whatever the cycle is, that a season's change is smoothed over: an odd number. */
  readonly seasonWindow?: number;
  /** Values that the trend is smoothed over: an odd number; by default what leaves the season out. */
  readonly trendWindow?: number;
  /** Gives wild values less weight, in so many more rounds. */
  readonly robustRounds?: number;
}

/** A series as a sum. */
export interface Decomposition {
  readonly trend: Float64Array;
  readonly season: Float64Array;
  readonly rest: Float64Array;
  /** What the rest leaves of the variance without the trend, and without the season: from 0 to 1. */
  readonly strength: { readonly season: number; readonly trend: number };
}

const odd = (value: number) => value + ((value + 1) % 2);
const rounds = { plain: 5, robust: 2 };

/**
 * Parts a series into a trend, a season and the rest.
 *
 * @throws `mining/series` for less than two seasons; `mining/option`
 * @see Cleveland, Cleveland, McRae and Terpenning 1990, "STL: a seasonal-trend decomposition procedure based on loess"
 */
export async function decompose(values: Float64Array, options: DecomposeOptions): Promise<Decomposition> {
  const { period, seasonWindow = 7, robustRounds = 0, signal, onProgress } = options;
  const { trendWindow = odd(Math.ceil((1.5 * period) / (1 - 1.5 / seasonWindow))) } = options;
  checkOptions("decompose", {
    period: [period, { min: 2, whole: true }],
    seasonWindow: [seasonWindow, { min: 3, whole: true }],
    trendWindow: [trendWindow, { min: 3, whole: true }],
    robustRounds: [robustRounds, { min: 0, whole: true }],
  });
  checkSeries("decompose", values, 2 * period);
  const pause = pauses({ signal });
  const windows = { period, season: odd(seasonWindow), trend: odd(trendWindow), low: odd(period + 1) };
  let trend = new Float64Array(values.length);
  let season = trend;
  let weights: Float64Array | undefined;
  for (let round = 0; round <= robustRounds; round++) {
    for (let inner = 0; inner < (robustRounds > 0 ? rounds.robust : rounds.plain); inner++) {
      season = seasonOf(minus(values, trend), windows, weights);
      await pause();
      trend = loess(minus(values, season), { window: windows.trend, weights }) as typeof trend;
      await pause();
    }
    weights = weightsOf(minus(minus(values, trend), season));
    onProgress?.({ stage: "decomposing", done: round + 1, total: robustRounds + 1, unit: "rounds" });
  }
  const rest = minus(minus(values, trend), season);
  const strength = (part: Float64Array) =>
    Math.max(0, 1 - variance(rest) / variance(minus(minus(values, part), new Float64Array(values.length))));
  return { trend, season, rest, strength: { season: strength(trend), trend: strength(season) } };
}

const minus = (a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> =>
  Float64Array.from(a, (value, i) => value - b[i]!);

function variance(values: Float64Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length || Number.MIN_VALUE;
}

/** Smooths all Januaries, all Februaries …, and takes out what is left of the trend in them. */
function seasonOf(
  values: Float64Array,
  windows: { period: number; season: number; low: number },
  weights: Float64Array | undefined,
) {
  const { period } = windows;
  const cycles = new Float64Array(values.length + 2 * period);
  for (let phase = 0; phase < period; phase++) {
    const every = (all: Float64Array) => all.filter((_, i) => i % period === phase);
    const own = every(values);
    const options = { window: windows.season, weights: weights && every(weights) };
    const width = Math.min(windows.season, own.length);
    const smooth = loess(own, options);
    cycles[phase] = loessAt(own, -1, 0, width, options) ?? smooth[0]!;
    for (const [i, value] of smooth.entries()) cycles[phase + (i + 1) * period] = value;
    const last = phase + (own.length + 1) * period;
    cycles[last] = loessAt(own, own.length, own.length - width, own.length, options) ?? smooth.at(-1)!;
  }
  const low = loess(movingMean(movingMean(movingMean(cycles, period), period), 3), { window: windows.low });
  return low.map((value, i) => cycles[i + period]! - value);
}

function movingMean(values: Float64Array, window: number): Float64Array {
  const out = new Float64Array(values.length - window + 1);
  let sum = 0;
  for (const [i, value] of values.entries()) {
    sum += value - (i >= window ? values[i - window]! : 0);
    if (i >= window - 1) out[i - window + 1] = sum / window;
  }
  return out;
}

/** Nothing for a rest of more than six times the median. */
function weightsOf(rest: Float64Array): Float64Array {
  const most = 6 * quantile(sorted(rest.map(Math.abs)), 0.5);
  return rest.map((value) => {
    const away = Math.abs(value);
    return away <= 0.001 * most ? 1 : away <= 0.999 * most ? (1 - (away / most) ** 2) ** 2 : 0;
  });
}
