/** How a series is made of a level, a trend and a season. */
export interface SmoothingForm {
  /** `damped`: a trend that flattens out. */
  readonly trend: "none" | "additive" | "damped";
  readonly season: "none" | "additive" | "multiplicative";
  /** Values in a season; 1 without. */
  readonly period: number;
}

/** How fast level, trend and season follow the values, from 0 to 1, and how much of a trend is left a step later. */
export interface SmoothingRates {
  readonly level: number;
  readonly trend: number;
  readonly season: number;
  readonly damping: number;
}

/** Level, trend and season at a time; the season's next value comes first. */
export interface SmoothingState {
  readonly level: number;
  readonly trend: number;
  readonly season: Float64Array;
}

/** A state from the first cycles: the mean of the first, the mean step to the second, and how the first lies around its mean. */
export function firstState(values: Float64Array, { trend, season, period }: SmoothingForm): SmoothingState {
  const mean = (from: number, to: number) => values.subarray(from, to).reduce((a, b) => a + b, 0) / (to - from);
  if (season === "none") {
    const slope = trend === "none" ? 0 : values[1]! - values[0]!;
    return { level: values[0]! - slope, trend: slope, season: new Float64Array(0) };
  }
  const first = mean(0, period);
  const slope = trend === "none" ? 0 : (mean(period, 2 * period) - first) / period;
  return {
    level: first - (slope * (period + 1)) / 2,
    trend: slope,
    season: values.slice(0, period).map((value, i) => {
      const expected = first + slope * (i - (period - 1) / 2);
      return season === "additive" ? value - expected : value / expected;
    }),
  };
}

/** Follows a series from a state, and says at each value what was expected of it. */
export function follow(values: Float64Array, form: SmoothingForm, rates: SmoothingRates, start: SmoothingState) {
  const fitted = new Float64Array(values.length);
  const season = start.season.slice();
  let { level, trend } = start;
  let squares = 0;
  const damping = form.trend === "damped" ? rates.damping : 1;
  for (const [i, value] of values.entries()) {
    const phase = i % form.period;
    const seasonal = season[phase] ?? 0;
    const straight = level + damping * trend;
    const expected = form.season === "multiplicative" ? straight * seasonal : straight + seasonal;
    fitted[i] = expected;
    squares += (value - expected) ** 2;
    const before = level;
    level =
      rates.level * (form.season === "multiplicative" ? value / seasonal : value - seasonal) +
      (1 - rates.level) * straight;
    if (form.trend !== "none") trend = rates.trend * (level - before) + (1 - rates.trend) * damping * trend;
    if (form.season === "additive") season[phase] = rates.season * (value - straight) + (1 - rates.season) * seasonal;
    if (form.season === "multiplicative")
      season[phase] = rates.season * (value / straight) + (1 - rates.season) * seasonal;
  }
  const turn = values.length % form.period;
  const rotated = season.map((_, i) => season[(i + turn) % season.length]!);
  return { fitted, squares, state: { level, trend, season: rotated } };
}

/** What a state expects of the values after it. */
export function extrapolate(
  { level, trend, season }: SmoothingState,
  form: SmoothingForm,
  { damping }: SmoothingRates,
  horizon: number,
): Float64Array {
  let [steps, share] = [0, 1];
  return Float64Array.from({ length: horizon }, (_, i) => {
    if (form.trend === "damped") share *= damping;
    steps += share;
    const straight = form.trend === "none" ? level : level + steps * trend;
    const seasonal = season[i % form.period] ?? 0;
    return form.season === "multiplicative" ? straight * seasonal : straight + seasonal;
  });
}
