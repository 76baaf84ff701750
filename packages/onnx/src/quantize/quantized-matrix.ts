import type { Node } from "../model.ts";
import type { GraphView } from "../rewrite/graph-view.ts";
import type { StoredTensor } from "../stored-tensor.ts";
import type { Matrix } from "./matrix.ts";

/** What a product is replaced by. */
export interface NodesAndWeights {
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, StoredTensor>;
}

/** A weight that products read as whole numbers with scales. */
export interface QuantizedMatrix {
  /** What the graph stores of it. */
  readonly initializers: ReadonlyMap<string, StoredTensor>;
  /** The weights that the whole numbers stand for. */
  rounded(): Matrix;
  /** y = x W + bias, with a bias `[columns]` */
  product(x: string, bias: string | undefined, y: string, graph: GraphView): NodesAndWeights;
}

/** Stores a matrix times a factor under names after the weight. */
export type QuantizeMatrix = (name: string, matrix: Matrix, factor: number, graph: GraphView) => QuantizedMatrix;
