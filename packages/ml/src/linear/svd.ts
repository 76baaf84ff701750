/** A = Σ values[i] · left[i] ⊗ right[i], the values falling; all right vectors are there, whatever the rank. */
export interface Svd {
  /** Of length rows; all zero where the value is. */
  readonly left: readonly Float64Array[];
  readonly values: Float64Array;
  /** Of length columns. */
  readonly right: readonly Float64Array[];
}

const maxSweeps = 60;

/**
 * Singular values of a matrix given by its columns, by one-sided Jacobi rotations: small values keep their digits.
 *
 * @see Demmel and Veselić 1992, "Jacobi's method is more accurate than QR", https://doi.org/10.1137/0613074
 */
export function svd(columns: readonly Float64Array[]): Svd {
  const turned = columns.map((column) => Float64Array.from(column));
  const right = columns.map((_, i) => Float64Array.from({ length: columns.length }, (_, j) => Number(i === j)));
  // Columns below this length are rounding of longer ones, and turning them would never end.
  const negligible = Number.EPSILON ** 2 * turned.reduce((sum, column) => sum + dot(column, column), 0);
  for (let sweep = 0, hasTurned = true; hasTurned && sweep < maxSweeps; sweep++) {
    hasTurned = false;
    for (let i = 0; i < turned.length; i++) {
      for (let j = i + 1; j < turned.length; j++) {
        const [a, b, c] = [dot(turned[i]!, turned[i]!), dot(turned[j]!, turned[j]!), dot(turned[i]!, turned[j]!)];
        if (Math.abs(c) <= 1e-15 * Math.sqrt(a * b) || a <= negligible || b <= negligible) continue;
        hasTurned = true;
        const zeta = (b - a) / (2 * c);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        rotate(turned[i]!, turned[j]!, tangent);
        rotate(right[i]!, right[j]!, tangent);
      }
    }
  }
  const lengths = turned.map((column) => Math.sqrt(dot(column, column)));
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[b]! - lengths[a]!);
  return {
    left: order.map((i) => turned[i]!.map((value) => (lengths[i]! > 0 ? value / lengths[i]! : 0))),
    values: Float64Array.from(order, (i) => lengths[i]!),
    right: order.map((i) => right[i]!),
  };
}

/** Inner product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function rotate(a: Float64Array, b: Float64Array, tangent: number): void {
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < a.length; i++) {
    const [first, second] = [a[i]!, b[i]!];
    a[i] = cosine * first - sine * second;
    b[i] = sine * first + cosine * second;
  }
}
