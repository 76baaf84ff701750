/** The lower triangle L with L·Lᵀ = A, row by row `[size, size]`; `undefined` when A is not positive definite. */
export function cholesky(a: Float64Array, size: number): Float64Array | undefined {
  const l = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * size + k]! * l[j * size + k]!;
      if (i !== j) l[i * size + j] = sum / l[j * size + j]!;
      else if (sum > 0) l[i * size + i] = Math.sqrt(sum);
      else return undefined;
    }
  return l;
}
