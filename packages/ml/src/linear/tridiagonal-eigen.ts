const mostTurns = 60;

/**
 * Eigenvalues of a symmetric tridiagonal matrix, by QL steps with implicit shifts; `rows` become their products with the eigenvectors.
 *
 * @param beside entries next to the diagonal, one less than those on it
 * @see Bowdler et al. 1968, "The QR and QL algorithms for symmetric matrices", https://doi.org/10.1007/BF02166034
 */
export function tridiagonalEigen(
  diagonal: ArrayLike<number>,
  beside: ArrayLike<number>,
  rows: readonly Float64Array[],
): Float64Array {
  const values = Float64Array.from(diagonal);
  const next = new Float64Array(values.length);
  next.set(Array.from(beside));
  for (let from = 0; from < values.length; from++) {
    for (let turn = 0; turn < mostTurns; turn++) {
      let end = from;
      while (
        end < values.length - 1 &&
        Math.abs(next[end]!) > Number.EPSILON * (Math.abs(values[end]!) + Math.abs(values[end + 1]!))
      )
        end++;
      if (end === from) break;
      chase(values, next, rows, from, end);
    }
  }
  return values;
}

/** One QL step on the block from one place to another. */
function chase(
  values: Float64Array,
  next: Float64Array,
  rows: readonly Float64Array[],
  from: number,
  end: number,
): void {
  const slope = (values[from + 1]! - values[from]!) / (2 * next[from]!);
  const root = Math.hypot(slope, 1);
  let carried = values[end]! - values[from]! + next[from]! / (slope + (slope < 0 ? -root : root));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = end - 1; i >= from; i--) {
    const [across, along] = [sine * next[i]!, cosine * next[i]!];
    const length = Math.hypot(across, carried);
    next[i + 1] = length;
    if (length === 0) {
      values[i + 1]! -= shift;
      next[end] = 0;
      return;
    }
    sine = across / length;
    cosine = carried / length;
    const moved = values[i + 1]! - shift;
    const turned = (values[i]! - moved) * sine + 2 * cosine * along;
    shift = sine * turned;
    values[i + 1] = moved + shift;
    carried = cosine * turned - along;
    for (const row of rows) {
      const [low, high] = [row[i]!, row[i + 1]!];
      row[i + 1] = sine * low + cosine * high;
      row[i] = cosine * low - sine * high;
    }
  }
  values[from]! -= shift;
  next[from] = carried;
  next[end] = 0;
}
