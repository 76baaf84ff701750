/** Above this a series is not level, at a level of 5 %. */
const critical = 0.463;

/**
 * How far a series strays from its mean for long, over what chance gives a series that is level.
 *
 * @see Kwiatkowski, Phillips, Schmidt and Shin 1992, "Testing the null hypothesis of stationarity against the alternative of a unit root"
 */
export function kpss(values: Float64Array, lags = Math.floor(4 * (values.length / 100) ** 0.25)): number {
  const count = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / count;
  let [sum, strayed] = [0, 0];
  for (const value of values) {
    sum += value - mean;
    strayed += sum * sum;
  }
  let longVariance = 0;
  for (let lag = 0; lag <= lags; lag++) {
    let product = 0;
    for (let i = lag; i < count; i++) product += (values[i]! - mean) * (values[i - lag]! - mean);
    longVariance += (lag === 0 ? 1 : 2 * (1 - lag / (lags + 1))) * product;
  }
  return longVariance > 0 ? strayed / count / longVariance : 0;
}

/** Steps from value to value. */
export const differences = (values: Float64Array): Float64Array<ArrayBuffer> =>
  Float64Array.from({ length: values.length - 1 }, (_, i) => values[i + 1]! - values[i]!);

/** How often a series must be differenced, twice at most, until it is level. */
export function differencesToLevel(values: Float64Array): number {
  let [now, times] = [values, 0];
  for (; times < 2 && kpss(now) > critical; times++) now = differences(now);
  return times;
}
