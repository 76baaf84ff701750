import { AthanorError, float32, float64, integer, oneOf } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";
import { nearest } from "./nearest.ts";

export const neighborOptions = {
  nNeighbors: integer(5, "stored samples asked", { min: 1 }),
  weights: oneOf("uniform", "how much each of them counts", ["uniform", "distance"]),
};

/** The samples themselves, and what was said of each. */
export interface NeighborState {
  /** `[stored, features]` */
  readonly samples: Float32Array;
  /** What each sample votes for, `[stored, outputs]`. */
  readonly votes: Float64Array;
  readonly nNeighbors: number;
  readonly weights: "uniform" | "distance";
}

/** @throws `ml/neighbors` when more neighbours are asked than samples stored */
export function storeNeighbors(
  owner: string,
  x: Matrix,
  votes: Float64Array,
  options: Pick<NeighborState, "nNeighbors" | "weights">,
): NeighborState {
  if (options.nNeighbors > x.shape[0]!)
    throw new AthanorError(
      "ml/neighbors",
      `${owner}: expected at least ${options.nNeighbors} samples (nNeighbors), got ${x.shape[0]}`,
      { fix: "Give more samples, or ask fewer neighbours.", details: { samples: x.shape[0], ...options } },
    );
  return { ...options, samples: x.data.slice(), votes };
}

/** Weighted mean of the neighbours' votes, `[samples, outputs]`. */
export function meanVotes(x: Matrix, { samples, votes, nNeighbors, weights }: NeighborState): Float64Array {
  const { rows, distances } = nearest(x, samples, nNeighbors);
  const outputs = (votes.length * x.shape[1]!) / samples.length;
  const means = new Float64Array(x.shape[0]! * outputs);
  for (let row = 0; row < x.shape[0]!; row++) {
    const near = distances.subarray(row * nNeighbors, (row + 1) * nNeighbors);
    // Samples that are equal to the row outweigh all others.
    const hasEqual = near[0] === 0;
    const shares = near.map((distance) =>
      weights === "uniform" ? 1 : hasEqual ? Number(distance === 0) : 1 / distance,
    );
    const total = shares.reduce((a, b) => a + b);
    for (let i = 0; i < nNeighbors; i++)
      for (let k = 0; k < outputs; k++)
        means[row * outputs + k]! += (shares[i]! / total) * votes[rows[row * nNeighbors + i]! * outputs + k]!;
  }
  return means;
}

/** Mean votes as operators, float32 `[batch, outputs]`; distances are compared in double precision. */
export function meanVotesToOnnx(
  g: GraphBuilder,
  x: Value,
  { samples, votes, nNeighbors, weights }: NeighborState,
): Value {
  const features = Number(x.shape[1]);
  const stored = samples.length / features;
  const table = g.constant(float32(samples, [stored, features]));
  const others = g.cast(table, "float64");
  const each = g.cast(x, "float64");
  // |a − b|² = |a|² + |b|² − 2ab, of which |a|² does not change the order; squares of single-precision numbers are exact in double.
  const apart = g.sub(g.reduceSum(g.mul(others, others), [1]), g.mul(g.matMul(each, g.transpose(others)), 2));
  const rows = g.ops("TopK", [apart, g.constant([nNeighbors], "int64")], { largest: 0 }, { outputs: 2 })[1]!;
  const said = g.gather(g.constant(float64(votes, [stored, votes.length / stored])), rows);
  if (weights === "uniform") return g.cast(g.reduceMean(said, [1]), "float32");
  const offset = g.sub(g.reshape(each, ["batch", 1, features]), g.gather(others, rows));
  const distances = g.sqrt(g.reduceSum(g.mul(offset, offset), [2], true));
  const nearestOne = g.op("ReduceMin", [distances, g.constant([1], "int64")]);
  // Divided by the smallest distance first: 0 / 0 is 1 there, and 0 / d is 0 for the others.
  const shares = g.where(
    g.op("LessOrEqual", [distances, nearestOne]),
    g.constant([1], "float64"),
    g.div(nearestOne, distances),
  );
  return g.cast(g.div(g.reduceSum(g.mul(shares, said), [1]), g.reduceSum(shares, [1])), "float32");
}
