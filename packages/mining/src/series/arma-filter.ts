/** What an ARMA process says of a series. */
export interface ArmaFit {
  /** Log of the exact likelihood, at the variance that makes it greatest. */
  readonly logLikelihood: number;
  readonly variance: number;
  /** What is known after the last value: the first number is the forecast of the next. */
  readonly state: Float64Array;
}

/** From this distance of the one-step variance to its limit on, it no longer changes. */
const steady = 1e-13;

/**
 * Runs a stationary series around 0 through the Kalman filter of `y[t] = Σ ar·y[t−i] + e[t] + Σ ma·e[t−j]`, in Harvey's form.
 *
 * @see Harvey 1989, "Forecasting, structural time series models and the Kalman filter"
 */
export function armaFilter(values: Float64Array, arWeights: Float64Array, maWeights: Float64Array): ArmaFit {
  const size = Math.max(arWeights.length, maWeights.length + 1);
  const ar = Float64Array.from({ length: size }, (_, i) => arWeights[i] ?? 0);
  const noise = Float64Array.from({ length: size }, (_, i) => (i === 0 ? 1 : (maWeights[i - 1] ?? 0)));
  let spread = stationarySpread(ar, noise);
  let next = new Float64Array(size * size);
  const state = new Float64Array(size);
  let [squares, logs, settled] = [0, 0, false];
  for (const value of values) {
    const error = value - state[0]!;
    const variance = settled ? 1 : spread[0]!;
    squares += (error * error) / variance;
    logs += Math.log(variance);
    for (let i = 0; i < size; i++) {
      const known =
        i + 1 < size ? state[i + 1]! + ((settled ? noise[i + 1]! : spread[(i + 1) * size]!) / variance) * error : 0;
      state[i] = ar[i]! * value + known;
    }
    if (settled) continue;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        const inner =
          i + 1 < size && j + 1 < size
            ? spread[(i + 1) * size + j + 1]! - (spread[(i + 1) * size]! * spread[j + 1]!) / variance
            : 0;
        next[i * size + j] = inner + noise[i]! * noise[j]!;
      }
    [spread, next] = [next, spread];
    settled = spread[0]! - 1 < steady;
  }
  const count = values.length;
  const variance = squares / count;
  return { logLikelihood: (-count / 2) * (Math.log(2 * Math.PI * variance) + 1) - logs / 2, variance, state };
}

/** The spread P of the states before any value, P = T·P·Tᵀ + R·Rᵀ, summed by doubling. */
function stationarySpread(ar: Float64Array, noise: Float64Array): Float64Array<ArrayBuffer> {
  const size = ar.length;
  const cells = size * size;
  const [spread, carried, between] = [new Float64Array(cells), new Float64Array(cells), new Float64Array(cells)];
  let [step, next] = [new Float64Array(cells), new Float64Array(cells)];
  for (let i = 0; i < size; i++) {
    step[i * size] = ar[i]!;
    if (i + 1 < size) step[i * size + i + 1] = 1;
    for (let j = 0; j < size; j++) spread[i * size + j] = noise[i]! * noise[j]!;
  }
  // 2^40 steps: enough for all but a random walk, which no weights here describe.
  for (let round = 0; round < 40; round++) {
    multiply(step, spread, between, size, false);
    multiply(between, step, carried, size, true);
    let most = 0;
    for (let i = 0; i < cells; i++) {
      spread[i]! += carried[i]!;
      most = Math.max(most, Math.abs(carried[i]!));
    }
    if (most <= 1e-15 * Math.abs(spread[0]!)) break;
    multiply(step, step, next, size, false);
    [step, next] = [next, step];
  }
  return spread;
}

/** a·b, or a·bᵀ. */
function multiply(a: Float64Array, b: Float64Array, out: Float64Array, size: number, isTransposed: boolean): void {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += a[i * size + k]! * b[isTransposed ? j * size + k : k * size + j]!;
      out[i * size + j] = sum;
    }
}
