import { AthanorError, float32, float64, integer, type LongWork, oneOf, type Random } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Matrix } from "../matrix.ts";
import type { NeighborMetric } from "./distance.ts";
import { comparedToOnnx, distancesToOnnx } from "./distances-to-onnx.ts";
import { buildHnsw, type HnswGraph, searchHnsw } from "./hnsw.ts";
import { indexSamples, nearest, type SampleIndex } from "./nearest.ts";

export const neighborOptions = {
  nNeighbors: integer(5, "stored samples asked", { min: 1 }),
  weights: oneOf("uniform", "how much each of them counts", ["uniform", "distance"]),
  metric: oneOf("euclidean", "how far samples are apart", ["euclidean", "manhattan", "cosine"]),
  algorithm: oneOf(
    "exact",
    "how neighbours are found: hnsw is much faster among many samples and misses a few; an exported model is exact",
    ["exact", "hnsw"],
  ),
  m: integer(16, "links of a sample in the graph of hnsw, twice as many in its lowest layer", { min: 2, max: 256 }),
  efConstruction: integer(100, "samples kept in view while hnsw looks where to link a new one", { min: 2 }),
  efSearch: integer(64, "samples kept in view while hnsw searches, nNeighbors at least", { min: 1 }),
};

type Weighting = "uniform" | "distance";

/** The samples themselves, and what was said of each. */
export interface NeighborState {
  readonly index: SampleIndex;
  /** Links to walk along instead of comparing all; of an exact model, none. */
  readonly graph: HnswGraph | null;
  /** What each sample votes for, `[stored, outputs]`. */
  readonly votes: Float64Array;
  readonly nNeighbors: number;
  readonly weights: Weighting;
  readonly efSearch: number;
}

type Options = Pick<NeighborState, "nNeighbors" | "weights" | "efSearch"> & {
  readonly metric: NeighborMetric;
  readonly algorithm: "exact" | "hnsw";
  readonly m: number;
  readonly efConstruction: number;
};

/** @throws `ml/neighbors` when more neighbours are asked than samples stored */
export async function storeNeighbors(
  owner: string,
  { x, options, random, ...work }: LongWork & { x: Matrix; options: Options; random: Random },
  votes: Float64Array,
): Promise<NeighborState> {
  const { nNeighbors, weights, efSearch, algorithm, metric } = options;
  if (nNeighbors > x.shape[0]!)
    throw new AthanorError(
      "ml/neighbors",
      `${owner}: expected at least ${nNeighbors} samples (nNeighbors), got ${x.shape[0]}`,
      { fix: "Give more samples, or ask fewer neighbours.", details: { samples: x.shape[0], nNeighbors } },
    );
  const index = indexSamples(x, metric);
  const graph = algorithm === "hnsw" ? await buildHnsw(index, options, random, work) : null;
  return { index, graph, votes, nNeighbors, weights, efSearch };
}

/** Weighted mean of the neighbours' votes, `[samples, outputs]`. */
export function meanVotes(
  x: Matrix,
  { index, graph, votes, nNeighbors, weights, efSearch }: NeighborState,
): Float64Array {
  const { rows, distances } = graph ? searchHnsw(x, index, graph, nNeighbors, efSearch) : nearest(x, index, nNeighbors);
  const outputs = (votes.length * index.features) / index.samples.length;
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

/** Mean votes as operators, float32 `[batch, outputs]`; all samples are compared, in double precision, whatever the algorithm. */
export function meanVotesToOnnx(
  g: GraphBuilder,
  x: Value,
  { index, votes, nNeighbors, weights }: NeighborState,
): Value {
  const { features, metric, samples } = index;
  const stored = samples.length / features;
  const others = g.cast(g.constant(float32(samples, [stored, features])), "float64");
  const each = g.cast(x, "float64");
  const compared = comparedToOnnx(g, each, others, metric);
  const rows = g.ops("TopK", [compared, g.constant([nNeighbors], "int64")], { largest: 0 }, { outputs: 2 })[1]!;
  const said = g.gather(g.constant(float64(votes, [stored, votes.length / stored])), rows);
  if (weights === "uniform") return g.cast(g.reduceMean(said, [1]), "float32");
  const distances = distancesToOnnx(g, each, g.gather(others, rows), metric);
  const nearestOne = g.op("ReduceMin", [distances, g.constant([1], "int64")]);
  // Divided by the smallest distance first: 0 / 0 is 1 there, and 0 / d is 0 for the others.
  const shares = g.where(
    g.op("LessOrEqual", [distances, nearestOne]),
    g.constant([1], "float64"),
    g.div(nearestOne, distances),
  );
  return g.cast(g.div(g.reduceSum(g.mul(shares, said), [1]), g.reduceSum(shares, [1])), "float32");
}
