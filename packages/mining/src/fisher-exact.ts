/** Fisher's exact test for tables of one total; asking it repeats no work on factorials. */
export interface FisherExact {
  /**
   * The probability that two events of `left` and of `right` among the total's cases coincide `both` times or more often
   * when they are independent.
   */
  atLeast(both: number, left: number, right: number): number;
}

/**
 * Prepares the one-sided test for tables whose cells add up to `total`.
 *
 * @see Fisher 1922, "On the interpretation of χ² from contingency tables, and the calculation of P"
 */
export function fisherExact(total: number): FisherExact {
  const logFactorial = new Float64Array(total + 1);
  for (let i = 2; i <= total; i++) logFactorial[i] = logFactorial[i - 1]! + Math.log(i);
  const logChoose = (n: number, k: number) => logFactorial[n]! - logFactorial[k]! - logFactorial[n - k]!;
  return {
    atLeast(both, left, right) {
      const last = Math.min(left, right);
      if (both <= Math.max(0, left + right - total)) return 1;
      let term = Math.exp(logChoose(left, both) + logChoose(total - left, right - both) - logChoose(total, right));
      let sum = term;
      for (let k = both; k < last && term > 0; k++) {
        term *= ((left - k) * (right - k)) / ((k + 1) * (total - left - right + k + 1));
        sum += term;
        // Past the mode every further term is smaller by more than the one before.
        if (term < sum * 1e-17) break;
      }
      return Math.min(1, sum);
    },
  };
}
