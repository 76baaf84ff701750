/** The value below which a share of the numbers lies, between two of them by a straight line; with weights, as if each were there that many times. */
export function quantileOf(values: Float64Array, share: number, weights?: ArrayLike<number>): number {
  if (weights === undefined) {
    const sorted = values.toSorted();
    return between((place) => sorted[Math.min(place, sorted.length - 1)]!, share * (sorted.length - 1));
  }
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  let total = 0;
  const ends = Float64Array.from(order, (i) => (total += weights[i]!));
  const at = (place: number) => {
    const found = ends.findIndex((end) => place < end);
    return values[order.at(found)!]!;
  };
  return between(at, share * Math.max(0, total - 1));
}

function between(at: (place: number) => number, position: number): number {
  const below = Math.floor(position);
  const low = at(below);
  return low + (position - below) * (at(below + 1) - low);
}
