/** P(first class | value) = 1 / (1 + e^(slope · value + offset)). */
export interface Sigmoid {
  readonly slope: number;
  readonly offset: number;
}

/**
 * Fits a sigmoid to decision values by Newton's method, with targets that are kept from 0 and 1 by the number of samples.
 *
 * @see Platt 1999, "Probabilistic outputs for support vector machines"
 * @see Lin, Lin and Weng 2007, "A note on Platt's probabilistic outputs for support vector machines", https://doi.org/10.1007/s10994-007-5018-6
 */
export function fitSigmoid(
  values: Float64Array,
  isFirst: ArrayLike<number>,
  weights: ArrayLike<number> = new Uint8Array(values.length).fill(1),
): Sigmoid {
  let [first, rest] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (isFirst[i]) first += weights[i]!;
    else rest += weights[i]!;
  }
  const goals = Float64Array.from(values, (_, i) => (isFirst[i] ? (first + 1) / (first + 2) : 1 / (rest + 2)));
  let [slope, offset] = [0, Math.log((rest + 1) / (first + 1))];
  let loss = lossOf(slope, offset);
  for (let iteration = 0; iteration < 100; iteration++) {
    // The ridge keeps the Hessian invertible where all values are the same.
    let [ss, so, oo, s, o] = [1e-12, 0, 1e-12, 0, 0];
    for (const [i, value] of values.entries()) {
      const p = probability({ slope, offset }, value);
      const weight = weights[i]! * p * (1 - p);
      ss += weight * value ** 2;
      so += weight * value;
      oo += weight;
      s += weights[i]! * (goals[i]! - p) * value;
      o += weights[i]! * (goals[i]! - p);
    }
    if (Math.abs(s) < 1e-5 && Math.abs(o) < 1e-5) break;
    const determinant = ss * oo - so ** 2;
    const [toSlope, toOffset] = [(so * o - oo * s) / determinant, (so * s - ss * o) / determinant];
    const fall = s * toSlope + o * toOffset;
    let size = 1;
    for (; size >= 1e-10; size /= 2) {
      const moved = lossOf(slope + size * toSlope, offset + size * toOffset);
      if (moved >= loss + 1e-4 * size * fall) continue;
      slope += size * toSlope;
      offset += size * toOffset;
      loss = moved;
      break;
    }
    if (size < 1e-10) break;
  }
  return { slope, offset };

  function lossOf(a: number, b: number): number {
    let total = 0;
    for (const [i, value] of values.entries()) {
      const z = a * value + b;
      // log(1 + e^z) − (1 − goal) z without overflow
      total += weights[i]! * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - (1 - goals[i]!) * z);
    }
    return total;
  }
}

/** The first class's probability. */
export function probability({ slope, offset }: Sigmoid, value: number): number {
  const z = slope * value + offset;
  const small = Math.exp(-Math.abs(z));
  return (z > 0 ? small : 1) / (1 + small);
}
