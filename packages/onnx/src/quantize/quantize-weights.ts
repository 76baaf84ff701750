import { AthanorError, type Tensor } from "@athanor/core";
import type { GraphView } from "../rewrite/graph-view.ts";
import type { Pass } from "../rewrite/pass.ts";
import { plainNode } from "../rewrite/plain-node.ts";
import { type Product, productOf } from "../rewrite/product.ts";
import { type Rule, rewriteNodes } from "../rewrite/rewrite-nodes.ts";
import { blockMatrix } from "./block-matrix.ts";
import { integerMatrix } from "./integer-matrix.ts";
import { type Matrix, transposed } from "./matrix.ts";
import { quantizeRows } from "./quantize-rows.ts";
import { quantizeWhole } from "./quantize-whole.ts";
import type { QuantizedMatrix } from "./quantized-matrix.ts";
import { once } from "./quantized-value.ts";

/** Which weights are quantised, and how. */
export interface QuantizeOptions {
  /**
   * `int8` multiplies whole numbers: weights with one scale a column, and what they are multiplied with rounded as well.
   * `int4` keeps weights as blocks of 4 bits, and multiplies them with numbers as they are.
   */
  readonly precision?: "int8" | "int4";
  /**
   * How a gradient goes back through a weight: `int8` multiplies whole numbers, `float32` multiplies the gradient as it is with
   * blocks of 8 bits. As `precision` does by default.
   */
  readonly gradients?: "int8" | "float32";
  /** Weights with one scale in blocks: a power of two from 16. */
  readonly blockSize?: number;
  /** A regular expression for the names of weights; all of them by default. */
  readonly names?: string;
  /** Smaller weights stay as they are. */
  readonly leastElements?: number;
}

/**
 * A pass that replaces products with weights that no run changes by products with quantised ones; the weights themselves are
 * gone unless something else reads them.
 *
 * In a graph with gradients both directions are replaced: products with a weight, and those with the same weight transposed, by
 * which gradients go back. These gradients are those of the rounded weights; that activations are rounded does not count.
 *
 * @throws `onnx/block-size` for one that the runtime does not read
 */
export function quantizeWeights({
  precision = "int8",
  gradients = precision === "int8" ? "int8" : "float32",
  blockSize = 32,
  names = "",
  leastElements = 4096,
}: QuantizeOptions = {}): Pass {
  if (!Number.isInteger(Math.log2(blockSize)) || blockSize < 16) throw wrongBlock(blockSize);
  const named = new RegExp(names, "u");
  return function quantizeWeights(model) {
    const forward = precision === "int8" ? integerMatrix(once(quantizeWhole)) : blockMatrix({ bits: 4, blockSize });
    const backward = gradients === "int8" ? integerMatrix(once(quantizeRows)) : blockMatrix({ bits: 8, blockSize });
    const matrices = new Map<string, QuantizedMatrix>();
    /** By weight: the first product that reads it, which is not a gradient's. */
    const first = new Map<string, { readonly isTransposed: boolean; readonly matrix: QuantizedMatrix }>();

    const quantized = ({ b, transB, alpha }: Product, weight: Tensor<"float32">, graph: GraphView): QuantizedMatrix => {
      const known = first.get(b);
      if (known !== undefined && known.isTransposed !== transB)
        return backward(`${b}_back`, transposed(known.matrix.rounded()), alpha, graph);
      const matrix = forward(b, matrixOf(weight, transB), alpha, graph);
      if (known === undefined) first.set(b, { isTransposed: transB, matrix });
      return matrix;
    };

    const rule: Rule = (node, graph) => {
      const product = productOf(node);
      const weight = product && quantizable(product, graph);
      if (weight === undefined || weight.size < leastElements || !named.test(product!.b)) return undefined;
      const { a, b, c, transB, alpha } = product!;
      const key = `${transB} ${alpha} ${b}`;
      const known = matrices.get(key);
      const matrix = known ?? quantized(product!, weight, graph);
      matrices.set(key, matrix);
      const [y] = node.outputs as [string];
      const isBias = c !== undefined && graph.type(c)?.shape?.length === 1;
      const isWhole = c === undefined || isBias;
      const raw = isWhole ? y : graph.fresh(`${y}_product`);
      const { nodes, initializers } = matrix.product(a, isBias ? c : undefined, raw, graph);
      return {
        nodes: isWhole ? nodes : [...nodes, plainNode("Add", [raw, c], [y])],
        initializers: new Map([...initializers, ...(known ? [] : matrix.initializers)]),
      };
    };
    return rewriteNodes(model, rule);
  };
}

/** The weight of a product that whole numbers can stand for. */
function quantizable({ a, b, transA }: Product, graph: GraphView): Tensor<"float32"> | undefined {
  const [left, right] = [graph.type(a), graph.type(b)];
  if (transA || left?.dtype !== "float32" || (left.shape?.length ?? 0) < 2) return undefined;
  if (right?.dtype !== "float32" || right.shape?.length !== 2) return undefined;
  return graph.constant(b) as Tensor<"float32"> | undefined;
}

const matrixOf = ({ data, shape }: Tensor<"float32">, isTransposed: boolean): Matrix => {
  const matrix = { rows: shape[0]!, columns: shape[1]!, data };
  return isTransposed ? transposed(matrix) : matrix;
};

const wrongBlock = (blockSize: number) =>
  new AthanorError(
    "onnx/block-size",
    `quantizeWeights: expected a power of two from 16 for blockSize, got ${blockSize}`,
    {
      fix: "Write 32, or leave it out.",
      details: { blockSize },
    },
  );
