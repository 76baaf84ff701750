import { Random } from "@athanor/core";
import { dot } from "./svd.ts";
import { tridiagonalEigen } from "./tridiagonal-eigen.ts";

/** Eigenvalues of a symmetric matrix, the largest first, each with its vector of length one. */
export interface LeadingEigen {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/** Share of the largest eigenvalue by which the others may be off. */
const tolerance = 1e-12;
/** Steps of a second look that would meet an eigenvalue of several vectors again. */
const lookSteps = 12;

/**
 * The largest eigenvalues of a symmetric matrix `[n, n]`, by Lanczos' method with all vectors kept at right angles.
 *
 * @see Paige 1972, "Computational variants of the Lanczos method for the eigenproblem", https://doi.org/10.1093/imamat/10.3.373
 */
export function leadingEigen(matrix: Float64Array, n: number, count: number): LeadingEigen {
  const random = Random.from(0);
  const steps = krylov(matrix, n, [], random);
  for (let wanted = Math.min(n, 2 * count + 20); ; wanted = Math.min(n, Math.ceil(1.3 * wanted))) {
    steps.go(wanted);
    if (wanted < n && steps.error(count) > tolerance) continue;
    const found = steps.leading(count);
    if (wanted === n) return found;
    // One vector of several that share an eigenvalue hides the others: what is left is looked at from elsewhere.
    const second = krylov(matrix, n, found.vectors, random);
    second.go(Math.min(lookSteps, n - count));
    if (second.leading(1).values[0]! <= found.values[count - 1]! + 1e-9 * found.values[0]!) return found;
    steps.go(n);
    return steps.leading(count);
  }
}

function krylov(matrix: Float64Array, n: number, apart: readonly Float64Array[], random: Random) {
  const basis: Float64Array[] = [];
  const [diagonal, beside]: [number[], number[]] = [[], []];
  const straighten = (vector: Float64Array): number => {
    for (let again = 0; again < 2; again++)
      for (const others of [apart, basis]) for (const other of others) add(vector, other, -dot(vector, other));
    return Math.sqrt(dot(vector, vector));
  };
  const fresh = (): Float64Array => {
    const vector = Float64Array.from({ length: n }, () => random.normal());
    return scaled(vector, 1 / straighten(vector));
  };
  const ritz = (rows: readonly Float64Array[]) => {
    const values = tridiagonalEigen(diagonal, beside.slice(0, diagonal.length - 1), rows);
    return { values, order: Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!) };
  };
  return {
    go(wanted: number): void {
      while (diagonal.length < wanted) {
        if (basis.length === 0) basis.push(fresh());
        const last = basis.at(-1)!;
        const moved = product(matrix, n, last);
        diagonal.push(dot(moved, last));
        if (basis.length + apart.length === n) {
          beside.push(0);
          return;
        }
        const length = straighten(moved);
        const isSpanned = length <= 1e-14 * Math.max(...diagonal.map(Math.abs), Number.MIN_VALUE);
        beside.push(isSpanned ? 0 : length);
        basis.push(isSpanned ? fresh() : scaled(moved, 1 / length));
      }
    },
    /** How far the leading values may be off, over the largest. */
    error(count: number): number {
      const last = new Float64Array(diagonal.length);
      last[diagonal.length - 1] = 1;
      const { values, order } = ritz([last]);
      const most = Math.max(...order.slice(0, count).map((i) => Math.abs(last[i]!)));
      return (beside.at(-1)! * most) / Math.max(Math.abs(values[order[0]!]!), Number.MIN_VALUE);
    },
    leading(count: number): LeadingEigen {
      const size = diagonal.length;
      const rows = Array.from({ length: size }, (_, i) => {
        const row = new Float64Array(size);
        row[i] = 1;
        return row;
      });
      const { values, order } = ritz(rows);
      const chosen = order.slice(0, count);
      const vectors = chosen.map((i) => {
        const vector = new Float64Array(n);
        for (let j = 0; j < size; j++) add(vector, basis[j]!, rows[j]![i]!);
        return vector;
      });
      return { values: Float64Array.from(chosen, (i) => values[i]!), vectors };
    },
  };
}

function product(matrix: Float64Array, n: number, vector: Float64Array): Float64Array {
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const start = i * n;
    let [even, odd, j] = [0, 0, 0];
    for (; j + 1 < n; j += 2) {
      even += matrix[start + j]! * vector[j]!;
      odd += matrix[start + j + 1]! * vector[j + 1]!;
    }
    result[i] = even + odd + (j < n ? matrix[start + j]! * vector[j]! : 0);
  }
  return result;
}

function add(to: Float64Array, what: Float64Array, scale: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += scale * what[i]!;
}

const scaled = (vector: Float64Array, scale: number): Float64Array => vector.map((value) => scale * value);
