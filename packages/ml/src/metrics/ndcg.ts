/**
 * How near an order by scores comes to the best order of one list: relevance over the logarithm of the rank, over the most there is.
 *
 * Items of equal score share their places. `k` cuts the list; 0 without any relevance.
 *
 * @see Järvelin and Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques", https://doi.org/10.1145/582415.582418
 */
export function ndcg(relevances: readonly number[], scores: ArrayLike<number>, k = relevances.length): number {
  const best = gain(relevances, relevances, k);
  return best === 0 ? 0 : gain(relevances, scores, k) / best;
}

function gain(relevances: readonly number[], scores: ArrayLike<number>, k: number): number {
  const order = [...relevances.keys()].sort((a, b) => scores[b]! - scores[a]!);
  let sum = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    const mean = order.slice(start, end).reduce((total, i) => total + relevances[i]!, 0) / (end - start);
    for (let rank = start; rank < Math.min(end, k); rank++) sum += mean / Math.log2(rank + 2);
  }
  return sum;
}
