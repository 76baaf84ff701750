/** A grown tree as plain arrays over its nodes; a sample goes left when its feature is at most the threshold. */
export interface Tree {
  /** -1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  /** Beside the left child, which comes first. */
  readonly right: Int32Array;
  /** `[nodes, outputs]`: class shares, or the mean target. */
  readonly value: Float64Array;
  readonly outputs: number;
  /** By feature: how much its splits lowered the impurity, as a share of all. */
  readonly importances: Float64Array;
}

/** Adds the leaf values of each sample to `into`, scaled. */
export function addPredictions(
  { feature, threshold, left, right, value, outputs }: Tree,
  data: Float32Array,
  features: number,
  into: Float64Array,
  scale: number,
): void {
  const rows = data.length / features;
  for (let row = 0; row < rows; row++) {
    let node = 0;
    while (feature[node]! >= 0)
      node = data[row * features + feature[node]!]! <= threshold[node]! ? left[node]! : right[node]!;
    for (let k = 0; k < outputs; k++) into[row * outputs + k]! += scale * value[node * outputs + k]!;
  }
}
