import { AthanorError, type LongWork, pauses } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { checkSeries } from "./check-series.ts";
import { nelderMead } from "./nelder-mead.ts";
import {
  extrapolate,
  firstState,
  follow,
  type SmoothingForm,
  type SmoothingRates,
  type SmoothingState,
} from "./smoothing-states.ts";

/** What a series is made of, and how far to look ahead. */
export interface SmoothingOptions extends LongWork {
  readonly trend?: SmoothingForm["trend"];
  readonly season?: SmoothingForm["season"];
  /** Values in a season. */
  readonly period?: number;
  /** Values to forecast. */
  readonly horizon?: number;
  /** Rates to use instead of those that fit best. */
  readonly rates?: SmoothingRates;
}

/** A smoothed series and its continuation. */
export interface Smoothed {
  readonly rates: SmoothingRates;
  readonly start: SmoothingState;
  /** What was expected of each value from those before. */
  readonly fitted: Float64Array;
  readonly forecast: Float64Array;
  /** Sum of squared differences between values and expectations. */
  readonly squares: number;
}

/** A damping below this is no trend, and one above never ends. */
const dampings = [0.8, 0.995] as const;

/**
 * Follows a series with weights that fade into the past (Holt and Winters); the rates are those with the least squared errors.
 *
 * @throws `mining/series`, `mining/option`; `mining/positive` for a multiplicative season of values that are not above 0
 * @see Hyndman, Koehler, Ord and Snyder 2008, "Forecasting with exponential smoothing"
 */
export async function exponentialSmoothing(values: Float64Array, options: SmoothingOptions = {}): Promise<Smoothed> {
  const { trend = "none", season = "none", horizon = 0, signal, onProgress } = options;
  const { period = season === "none" ? 1 : 0 } = options;
  checkOptions("exponentialSmoothing", {
    period: [period, { min: season === "none" ? 1 : 2, whole: true }],
    horizon: [horizon, { min: 0, whole: true }],
  });
  checkSeries("exponentialSmoothing", values, season === "none" ? 3 : 2 * period);
  const form = { trend, season, period: season === "none" ? 1 : period };
  const negative = values.find((value) => value <= 0);
  if (season === "multiplicative" && negative !== undefined) {
    throw new AthanorError(
      "mining/positive",
      `exponentialSmoothing: expected values above 0 for a multiplicative season, got ${negative}`,
      {
        fix: "Use an additive season.",
        details: { value: negative },
      },
    );
  }
  const start = firstState(values, form);
  const rates = options.rates ?? (await fitRates(values, form, start, pauses({ signal })));
  const { fitted, squares, state } = follow(values, form, rates, start);
  onProgress?.({ stage: "smoothing", done: 1, total: 1, metrics: { squares } });
  return { rates, start, fitted, squares, forecast: extrapolate(state, form, rates, horizon) };
}

async function fitRates(
  values: Float64Array,
  form: SmoothingForm,
  start: SmoothingState,
  pause: () => Promise<void>,
): Promise<SmoothingRates> {
  const inside = (value: number, low: number, high: number) => low + (high - low) / (1 + Math.exp(-value));
  const names = [
    "level",
    ...(form.trend === "none" ? [] : ["trend"]),
    ...(form.season === "none" ? [] : ["season"]),
    ...(form.trend === "damped" ? ["damping"] : []),
  ];
  const ratesAt = (at: Float64Array): SmoothingRates => {
    const rate = (name: string, low = 0, high = 1) =>
      names.includes(name) ? inside(at[names.indexOf(name)]!, low, high) : 0;
    return {
      level: rate("level"),
      trend: rate("trend"),
      season: rate("season"),
      damping: rate("damping", ...dampings),
    };
  };
  const squares = (at: Float64Array) => follow(values, form, ratesAt(at), start).squares;
  let best: { at: Float64Array; value: number } | undefined;
  // Valleys are several: a slow and a fast start find more than one.
  for (const level of [-1, 1, -4]) {
    const first = Float64Array.from(names, (name) => (name === "level" ? level : name === "damping" ? 1 : -3));
    const found = await nelderMead(squares, first, { step: 1, pause });
    if (best === undefined || found.value < best.value) best = found;
  }
  return ratesAt(best!.at);
}
