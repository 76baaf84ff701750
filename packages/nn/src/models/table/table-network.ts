import type { GraphBuilder, Value } from "@athanor/onnx";
import { compose } from "../../compose.ts";
import { dropout, embedding, linear, relu } from "../../layers/index.ts";
import type { InputSpec, Network } from "../../network.ts";
import { sliceAxis } from "../../slice-axis.ts";
import { numberWaves } from "./number-waves.ts";

/** Sizes of a network over the columns of a table. */
export interface TableNetworkOptions {
  /** Columns of numbers, scaled to mean 0 and deviation 1. */
  readonly numbers: number;
  /** Of each column of categories, how many there are. */
  readonly categories: readonly number[];
  readonly outputs: number;
  readonly hidden: readonly number[];
  readonly dropoutRate?: number;
}

/**
 * A multilayer perceptron over numbers and learned rows of categories: inputs `numbers` float32 `[batch, numbers]` and
 * `categories` int64 `[batch, columns]`, each where there are any, output `[batch, outputs]`.
 *
 * @see Gorishniy et al. 2021, "Revisiting deep learning models for tabular data", https://arxiv.org/abs/2106.11959
 */
export const tableNetwork = ({ numbers, categories, outputs, hidden, dropoutRate = 0 }: TableNetworkOptions): Network =>
  compose({
    name: "tableNetwork",
    inputs: {
      ...(numbers > 0 ? { numbers: { dtype: "float32", shape: [numbers] } satisfies InputSpec } : {}),
      ...(categories.length > 0
        ? { categories: { dtype: "int64", shape: [categories.length] } satisfies InputSpec }
        : {}),
    },
    build({ g, inputs, batch, apply }) {
      const parts: Value[] = [];
      if (inputs.numbers) {
        const near = squashed(g, inputs.numbers);
        parts.push(near, apply("waves", numberWaves({}), near));
      }
      for (const [i, count] of categories.entries()) {
        const size = rowSize(count);
        const rows = apply(
          `category ${i}`,
          embedding({ count, size, scale: 1 / Math.sqrt(size) }),
          sliceAxis(g, inputs.categories!, 1, i, i + 1),
        );
        parts.push(g.reshape(rows, [batch, size]));
      }
      let x = parts.length === 1 ? parts[0]! : g.concat(parts, 1);
      for (const [i, outFeatures] of hidden.entries()) {
        x = apply(`relu ${i}`, relu({}), apply(`hidden ${i}`, linear({ outFeatures }), x));
        x = apply(`dropout ${i}`, dropout({ rate: dropoutRate }), x);
      }
      return apply("output", linear({ outFeatures: outputs }), x);
    },
  });

/** Draws what lies far out towards ±3, smoothly, so that a single number cannot outweigh all others. */
const squashed = (g: GraphBuilder, x: Value): Value =>
  g.div(x, g.sqrt(g.add(g.mul(g.mul(x, x), 1 / furthest ** 2), 1)));
const furthest = 3;

/** Length of a category's learned row: grows slower than the number of categories. */
const rowSize = (count: number): number => Math.min(32, Math.ceil(1.6 * count ** 0.56));
