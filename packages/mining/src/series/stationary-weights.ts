/**
 * Turns any numbers into weights of past values that make a stationary process: partial autocorrelations from -1 to 1 first,
 * then Durbin and Levinson's recursion.
 *
 * @see Monahan 1984, "A note on enforcing stationarity in autoregressive-moving average models"
 */
export function stationaryWeights(free: Float64Array): Float64Array {
  let weights = new Float64Array(0);
  for (const [k, value] of free.entries()) {
    const partial = Math.tanh(value);
    const longer = new Float64Array(k + 1);
    for (let i = 0; i < k; i++) longer[i] = weights[i]! - partial * weights[k - 1 - i]!;
    longer[k] = partial;
    weights = longer;
  }
  return weights;
}
