import { AthanorError } from "@athanor/core";
import { GraphBuilder, showShape, type Value } from "@athanor/onnx";
import { buildEvaluation, networkInputs } from "../evaluation-graph.ts";
import type { Network } from "../network.ts";

/** What goes on top of a pretrained model in place of its last layer. */
export interface Head {
  /** Scores that the head gives for each row. */
  readonly classes: number;
  /** The value of the model that the head reads; what the last layer read by default. */
  readonly features?: string;
  /** How tokens become one vector: their mean, or the first of them. */
  readonly pool?: "mean" | "first";
  /** Share of features set to zero in training. */
  readonly dropout?: number;
}

/**
 * A network that scores what another puts out: maps are averaged over their plane, tokens are pooled, then comes one
 * linear layer with the parameters `head.weight` and `head.bias`.
 *
 * @throws `nn/features` for features that are neither a vector, tokens nor maps
 */
export function withHead(network: Network, { classes, pool = "mean", dropout: rate = 0 }: Head): Network {
  const { width, tokenAxis } = featureForm(network);
  return {
    ...network,
    parameters: {
      ...network.parameters,
      "head.weight": { shape: [width, classes], init: "kaiming-uniform" },
      "head.bias": { shape: [classes], init: "zeros" },
    },
    build(context) {
      const { g, parameters, isTraining, mask } = context;
      const vectors = pooled(g, network.build(context), pool, tokenAxis);
      const kept = 1 - rate;
      const x =
        isTraining && rate > 0 ? g.mul(vectors, g.mul(mask("head.mask", vectors.shape, kept), 1 / kept)) : vectors;
      return g.op("Gemm", [x, parameters["head.weight"], parameters["head.bias"]]);
    },
  };
}

/** `[batch, features]` of vectors, of tokens `[batch, tokens, features]`, or of maps `[batch, features, …]`. */
function pooled(g: GraphBuilder, x: Value, pool: "mean" | "first", tokenAxis: number): Value {
  if (x.shape.length === 2) return x;
  if (x.shape.length === 3)
    return pool === "mean" ? g.reduceMean(x, [tokenAxis]) : g.gather(x, g.constant(0, "int64"), tokenAxis);
  return g.op("Flatten", [g.op("GlobalAveragePool", [x])]);
}

/** How many features the network gives a row, and where its tokens are, from a build over a graph that nothing runs. */
function featureForm(network: Network): { readonly width: number; readonly tokenAxis: number } {
  const g = new GraphBuilder();
  const specs = Object.entries({ ...network.parameters, ...network.buffers });
  const weights = Object.fromEntries(
    specs.map(([name, { shape }]) => [name, g.input(`weight:${name}`, "float32", shape)]),
  );
  const { shape, name } = buildEvaluation(network, g, networkInputs(network, g), weights);
  const width = shape.length === 4 ? shape[1] : shape.at(-1);
  if (shape.length >= 2 && shape.length <= 4 && typeof width === "number") {
    // Recurrent layers put tokens before rows.
    return { width, tokenAxis: shape[1] === "batch" ? 0 : 1 };
  }
  throw new AthanorError(
    "nn/features",
    `fineTune: expected vectors, tokens or maps of known width under the head, got ${name} of shape ${showShape(shape)}`,
    {
      fix: "Name another value in head.features.",
      details: { name, shape },
    },
  );
}
