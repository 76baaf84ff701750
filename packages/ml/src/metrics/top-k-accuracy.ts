/** Share of rows whose label is among the `k` most probable ones; of equal probabilities, the later label comes first. */
export function topKAccuracy(
  truth: readonly string[],
  probabilities: ArrayLike<number>,
  labels: readonly string[],
  k: number,
): number {
  const found = truth.filter((label, row) => {
    const own = labels.indexOf(label);
    const at = (other: number) => probabilities[row * labels.length + other]!;
    const ahead = labels.filter((_, other) => at(other) > at(own) || (at(other) === at(own) && other > own));
    return own >= 0 && ahead.length < k;
  });
  return found.length / truth.length;
}
