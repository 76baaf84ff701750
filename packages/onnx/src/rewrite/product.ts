import type { Node, ValueType } from "../model.ts";
import type { GraphView } from "./graph-view.ts";
import { numberAt } from "./read-attribute.ts";

/** α op(A) op(B) + C, whichever operator says it. */
export interface Product {
  readonly a: string;
  readonly b: string;
  readonly c?: string | undefined;
  readonly transA: boolean;
  readonly transB: boolean;
  readonly alpha: number;
}

/** The product that a node computes; `undefined` where it is none, or scales its addend. */
export function productOf(node: Node | undefined): Product | undefined {
  if (node === undefined) return undefined;
  const [a, b, c] = node.inputs;
  const isPlain = node.op === "MatMul" && node.domain === "";
  const isGemm = node.op === "Gemm" && node.domain === "";
  const isFused = node.op === "FusedMatMul" && node.domain === "com.microsoft";
  if (!(isPlain || isGemm || isFused)) return undefined;
  const isOther = numberAt(node, "transBatchA", 0) + numberAt(node, "transBatchB", 0) > 0;
  if (isOther || (c && numberAt(node, "beta", 1) !== 1)) return undefined;
  return {
    a: a!,
    b: b!,
    c: c || undefined,
    transA: numberAt(node, "transA", 0) === 1,
    transB: numberAt(node, "transB", 0) === 1,
    alpha: numberAt(node, "alpha", 1),
  };
}

/** A value's product without an addend, where nothing else reads it, so that it need not be computed twice. */
export function soleProduct(name: string, graph: GraphView): Product | undefined {
  const product = graph.uses(name) === 1 ? productOf(graph.producer(name)) : undefined;
  return product?.c === undefined ? product : undefined;
}

/** The node of the standard that computes a product of matrices. */
export const gemm = ({ a, b, c, transA, transB, alpha }: Product, name: string, outputs: readonly string[]): Node => ({
  op: "Gemm",
  domain: "",
  name,
  inputs: c === undefined ? [a, b] : [a, b, c],
  outputs,
  attributes: attributesOf({ transA, transB, alpha }),
});

export const attributesOf = ({
  transA,
  transB,
  alpha,
}: Pick<Product, "transA" | "transB" | "alpha">): Node["attributes"] => ({
  ...(transA ? { transA: { kind: "int", value: 1 } } : {}),
  ...(transB ? { transB: { kind: "int", value: 1 } } : {}),
  ...(alpha === 1 ? {} : { alpha: { kind: "float", value: alpha } }),
});

/** Types that the runtime multiplies matrices of. */
export const isFloating = (type: ValueType | undefined): type is ValueType =>
  type?.shape !== undefined && (type.dtype === "float32" || type.dtype === "float64");
