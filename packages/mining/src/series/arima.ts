import { AthanorError, type LongWork, pauses } from "@athanor/core";
import { checkOptions } from "../check-option.ts";
import { type ArmaFit, armaFilter } from "./arma-filter.ts";
import { checkSeries } from "./check-series.ts";
import { differences, differencesToLevel } from "./kpss.ts";
import { type DescentOptions, type Minimum, nelderMead } from "./nelder-mead.ts";
import { stationaryWeights } from "./stationary-weights.ts";

/** How many past values and errors take part, and how often the series is differenced. */
export interface ArimaOrder {
  readonly ar: number;
  readonly differences: number;
  readonly ma: number;
  /** Whether there is a mean or, of a differenced series, a drift. */
  readonly constant: boolean;
}

/** Which orders to try, and how far to look ahead. */
export interface ArimaOptions extends LongWork {
  /** The order to use; without, that with the least corrected information criterion of Akaike. */
  readonly order?: ArimaOrder;
  readonly maxAr?: number;
  readonly maxMa?: number;
  readonly horizon?: number;
}

/** A fitted process and its continuation. */
export interface Arima {
  readonly order: ArimaOrder;
  readonly ar: Float64Array;
  readonly ma: Float64Array;
  readonly constant: number;
  readonly variance: number;
  readonly logLikelihood: number;
  /** Akaike's information criterion, corrected for short series: the lower, the better. */
  readonly aicc: number;
  /** Means of the values to come, and their standard deviations. */
  readonly forecast: { readonly means: Float64Array; readonly deviations: Float64Array };
  readonly tried: readonly { readonly order: ArimaOrder; readonly aicc: number }[];
}

/**
 * Fits an autoregressive moving-average process to a series, differenced until it is level, by exact maximum likelihood.
 *
 * @throws `mining/series`, `mining/option`; `mining/constant-series` when nothing varies
 * @see Hyndman and Khandakar 2008, "Automatic time series forecasting: the forecast package for R"
 */
export async function arima(values: Float64Array, options: ArimaOptions = {}): Promise<Arima> {
  const { maxAr = 3, maxMa = 3, horizon = 0, signal, onProgress } = options;
  checkOptions("arima", {
    maxAr: [options.order?.ar ?? maxAr, { min: 0, max: 10, whole: true }],
    maxMa: [options.order?.ma ?? maxMa, { min: 0, max: 10, whole: true }],
    differences: [options.order?.differences ?? 0, { min: 0, max: 2, whole: true }],
    horizon: [horizon, { min: 0, whole: true }],
  });
  checkSeries("arima", values, 12);
  const times = options.order?.differences ?? differencesToLevel(values);
  const levels = [values];
  while (levels.length <= times) levels.push(differences(levels.at(-1)!));
  const level = levels[times]!;
  if (level.every((value) => value === level[0])) {
    throw new AthanorError(
      "mining/constant-series",
      `arima: expected a series that varies after ${times} differences, got ${level[0]} throughout`,
      {
        fix: "A series on a straight line needs no process.",
        details: { differences: times, value: level[0] },
      },
    );
  }
  const orders = options.order ? [options.order] : ordersUpTo(maxAr, maxMa, times);
  const pause = pauses({ signal });
  let best: Fitted | undefined;
  const tried: { order: ArimaOrder; aicc: number }[] = [];
  for (const order of orders) {
    const fitted = await fit(level, order, { ...coarse, pause });
    tried.push({ order, aicc: fitted.aicc });
    if (best === undefined || fitted.aicc < best.aicc) best = fitted;
    onProgress?.({ stage: "trying orders", done: tried.length, total: orders.length, unit: "orders" });
  }
  best = await fit(level, best!.order, { start: best!.at, pause });
  const { state, at, ...found } = best;
  return { ...found, forecast: forecast(levels, found, state, horizon), tried };
}

/** Enough to tell orders apart by; the best is fitted to the end. */
const coarse = { tolerance: 1e-6 };

type Fitted = Omit<Arima, "forecast" | "tried"> & Pick<ArmaFit, "state"> & Pick<Minimum, "at">;

const ordersUpTo = (maxAr: number, maxMa: number, times: number): ArimaOrder[] =>
  Array.from({ length: (maxAr + 1) * (maxMa + 1) }, (_, i) => ({
    ar: i % (maxAr + 1),
    ma: Math.floor(i / (maxAr + 1)),
  })).flatMap((sizes) =>
    (times < 2 ? [true, false] : [false]).map((constant) => ({ ...sizes, differences: times, constant })),
  );

async function fit(
  level: Float64Array,
  order: ArimaOrder,
  { start, ...search }: { readonly start?: Float64Array } & DescentOptions,
): Promise<Fitted> {
  const count = level.length;
  const mean = level.reduce((a, b) => a + b, 0) / count;
  const deviation = Math.sqrt(level.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
  const parts = (at: Float64Array) => ({
    ar: stationaryWeights(at.subarray(0, order.ar)),
    // Invertible moving averages are stationary weights with the sign turned.
    ma: stationaryWeights(at.subarray(order.ar, order.ar + order.ma)).map((weight) => -weight),
    constant: order.constant ? mean + at[order.ar + order.ma]! * deviation : 0,
  });
  const filtered = (at: Float64Array) => {
    const { ar, ma, constant } = parts(at);
    return armaFilter(constant === 0 ? level : level.map((value) => value - constant), ar, ma);
  };
  const size = order.ar + order.ma + (order.constant ? 1 : 0);
  const first = start ?? new Float64Array(size);
  const { at } = await nelderMead((now) => -filtered(now).logLikelihood, first, { step: 0.3, ...search });
  const { logLikelihood, variance, state } = filtered(at);
  const numbers = size + 1;
  const room = count - numbers - 1;
  const aicc = room > 0 ? -2 * logLikelihood + (2 * numbers * count) / room : Number.POSITIVE_INFINITY;
  return { order, ...parts(at), variance, logLikelihood, aicc, state, at };
}

/** Continues the differenced series and sums it up again; errors add up by the weights of the process as a sum of errors. */
function forecast(
  levels: readonly Float64Array[],
  { ar, ma, constant, variance, order }: Omit<Fitted, "state" | "at">,
  state: Float64Array,
  horizon: number,
): Arima["forecast"] {
  const means = new Float64Array(horizon);
  let now = state;
  for (let step = 0; step < horizon; step++) {
    means[step] = now[0]! + constant;
    now = now.map((_, i) => (ar[i] ?? 0) * now[0]! + (now[i + 1] ?? 0));
  }
  let weights = [1, ...Array.from(ar, (weight) => -weight)];
  for (let time = order.differences - 1; time >= 0; time--) {
    let last = levels[time]!.at(-1)!;
    for (let step = 0; step < horizon; step++) last = means[step] = means[step]! + last;
    weights = [...weights, 0].map((weight, i) => weight - (weights[i - 1] ?? 0));
  }
  const carried: number[] = [];
  let squares = 0;
  const deviations = means.map((_, step) => {
    let weight = step === 0 ? 1 : (ma[step - 1] ?? 0);
    for (let i = 1; i < weights.length && i <= step; i++) weight -= weights[i]! * carried[step - i]!;
    carried.push(weight);
    squares += weight * weight;
    return Math.sqrt(variance * squares);
  });
  return { means, deviations };
}
