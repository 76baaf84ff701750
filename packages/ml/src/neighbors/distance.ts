/** How far two samples are apart; `cosine` is one minus the cosine of their angle, and 1 where one is all zeros. */
export type NeighborMetric = "euclidean" | "manhattan" | "cosine";

/** What orders samples by distance from one: the sample from `i` on in `a`, the other from `j` on in `b`. */
type Compare = (a: Float32Array, i: number, b: Float32Array, j: number, features: number) => number;

/** Rounding of a cosine; what is nearer than that is equal. */
const cosineRounding = 1e-14;

function squared(a: Float32Array, i: number, b: Float32Array, j: number, features: number): number {
  // Sums that do not wait for each other.
  let [even, odd, k] = [0, 0, 0];
  for (; k + 1 < features; k += 2) {
    const [first, second] = [a[i + k]! - b[j + k]!, a[i + k + 1]! - b[j + k + 1]!];
    even += first * first;
    odd += second * second;
  }
  if (k < features) even += (a[i + k]! - b[j + k]!) ** 2;
  return even + odd;
}

function absolute(a: Float32Array, i: number, b: Float32Array, j: number, features: number): number {
  let sum = 0;
  for (let k = 0; k < features; k++) sum += Math.abs(a[i + k]! - b[j + k]!);
  return sum;
}

function turned(a: Float32Array, i: number, b: Float32Array, j: number, features: number): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let k = 0; k < features; k++) {
    const [x, y] = [a[i + k]!, b[j + k]!];
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  if (ofA === 0 || ofB === 0) return 1;
  const distance = 1 - product / Math.sqrt(ofA * ofB);
  return distance < cosineRounding ? 0 : Math.min(2, distance);
}

/** What a search compares: squares for Euclidean distances, the distances themselves otherwise. */
export const comparisons: Readonly<Record<NeighborMetric, Compare>> = {
  euclidean: squared,
  manhattan: absolute,
  cosine: turned,
};

/** Distances from what was compared. */
export const distancesOf = (metric: NeighborMetric, compared: Float64Array): Float64Array =>
  metric === "euclidean" ? compared.map(Math.sqrt) : compared;
