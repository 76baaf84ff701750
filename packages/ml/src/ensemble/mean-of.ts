import type { GraphBuilder, Value } from "@athanor/onnx";

/** Sum of predictions, each times its share. */
export function weightedSum(predictions: readonly Float64Array[], shares: readonly number[]): Float64Array {
  const sum = new Float64Array(predictions[0]!.length);
  for (const [m, each] of predictions.entries()) for (let i = 0; i < sum.length; i++) sum[i]! += shares[m]! * each[i]!;
  return sum;
}

/** The same as operators. */
export const weightedSumToOnnx = (g: GraphBuilder, predictions: readonly Value[], shares: readonly number[]): Value =>
  predictions.map((each, m) => g.mul(each, shares[m]!)).reduce((sum, each) => g.add(sum, each));

/** Equal shares of a number of members. */
export const evenShares = (count: number): readonly number[] => Array<number>(count).fill(1 / count);
