import { numberOf } from "../constant-tensor.ts";
import type { Model, Node } from "../model.ts";
import type { GraphView } from "./graph-view.ts";
import { attributesOf, gemm, isFloating, type Product, productOf, soleProduct } from "./product.ts";
import { integersAt } from "./read-attribute.ts";
import { type Rule, rewriteNodesInSlices } from "./rewrite-nodes.ts";

/**
 * Gathers what surrounds a matrix product into one node: transpositions and a scale into flags, an addition into `Gemm`.
 *
 * Matrices become `Gemm`, stacks of them `FusedMatMul`, an operator of ONNX Runtime for float32.
 */
export function matrixProducts(model: Model): Promise<Model> {
  return rewriteNodesInSlices(model, transposedOperand, transposedProduct, scaledProduct, scaledOperand, addedBias);
}

/** The node that computes a product under the outputs of another; nothing where the runtime has no operator for it. */
function nodeOf(product: Product, outputs: Node, graph: GraphView): { readonly nodes: readonly Node[] } | undefined {
  const { a, b, c } = product;
  const types = [a, b].map((name) => graph.type(name));
  if (!types.every(isFloating)) return undefined;
  const isFlat = types.every((type) => type!.shape!.length === 2);
  const isStack = types.every(({ dtype, shape }) => dtype === "float32" && shape!.length >= 2);
  if (!isFlat && (!isStack || c !== undefined)) return undefined;
  if (isFlat) return { nodes: [gemm(product, outputs.name, outputs.outputs)] };
  const attributes = attributesOf(product);
  return { nodes: [{ ...outputs, op: "FusedMatMul", domain: "com.microsoft", inputs: [a, b], attributes }] };
}

/** What a Transpose of the last two axes reads. */
function swapped(name: string, graph: GraphView): string | undefined {
  const node = graph.producer(name);
  const rank = graph.type(name)?.shape?.length;
  if (node?.op !== "Transpose" || node.domain !== "" || rank === undefined || rank < 2) return undefined;
  const order = Array.from({ length: rank }, (_, axis) => axis);
  const perm = integersAt(node, "perm") ?? order.toReversed();
  const isSwap = [...order.slice(0, -2), rank - 1, rank - 2].every((axis, i) => axis === perm[i]);
  return isSwap ? node.inputs[0] : undefined;
}

const transposedOperand: Rule = (node, graph) => {
  const product = productOf(node);
  if (product === undefined) return undefined;
  const [a, b] = [swapped(product.a, graph), swapped(product.b, graph)];
  if (a === undefined && b === undefined) return undefined;
  const changed = {
    ...product,
    ...(a ? { a, transA: !product.transA } : {}),
    ...(b ? { b, transB: !product.transB } : {}),
  };
  return nodeOf(changed, node, graph);
};

// (op(A) op(B))ᵀ = op(B)ᵀ op(A)ᵀ
const transposedProduct: Rule = (node, graph) => {
  if (swapped(node.outputs[0]!, graph) === undefined) return undefined;
  const product = soleProduct(node.inputs[0]!, graph);
  if (product === undefined) return undefined;
  const { a, b, transA, transB, alpha } = product;
  return nodeOf({ a: b, b: a, transA: !transB, transB: !transA, alpha }, node, graph);
};

/** A node that multiplies a value by one number: which value, which number. */
function scaling(
  node: Node | undefined,
  graph: GraphView,
): { readonly x: string; readonly factor: number } | undefined {
  if (node === undefined || node.domain !== "" || (node.op !== "Mul" && node.op !== "Div")) return undefined;
  const [a, b] = node.inputs as [string, string];
  const number = (name: string, x: string) => {
    const tensor = graph.constant(name);
    const rank = graph.type(x)?.shape?.length;
    return isFloating(graph.type(name)) && tensor?.size === 1 && rank !== undefined && tensor.shape.length <= rank
      ? numberOf(tensor)
      : undefined;
  };
  const [left, right] = [number(a, b), number(b, a)];
  if (right !== undefined) return { x: a, factor: node.op === "Mul" ? right : 1 / right };
  return left !== undefined && node.op === "Mul" ? { x: b, factor: left } : undefined;
}

const scaledProduct: Rule = (node, graph) => {
  const scale = scaling(node, graph);
  const product = scale && soleProduct(scale.x, graph);
  if (product === undefined) return undefined;
  return nodeOf({ ...product, alpha: product.alpha * scale!.factor }, node, graph);
};

const scaledOperand: Rule = (node, graph) => {
  const product = productOf(node);
  if (product === undefined) return undefined;
  const scales = [product.a, product.b].map((name) => scaling(graph.producer(name), graph));
  const [a, b] = scales;
  if (a === undefined && b === undefined) return undefined;
  const alpha = product.alpha * (a?.factor ?? 1) * (b?.factor ?? 1);
  return nodeOf({ ...product, a: a?.x ?? product.a, b: b?.x ?? product.b, alpha }, node, graph);
};

const addedBias: Rule = (node, graph) => {
  if (node.op !== "Add" || node.domain !== "") return undefined;
  const [left, right] = node.inputs as [string, string];
  for (const [name, c] of [
    [left, right],
    [right, left],
  ] as const) {
    const product = soleProduct(name, graph);
    if (product === undefined || name === c) continue;
    const [own, result] = [graph.type(name)?.shape, graph.type(node.outputs[0]!)?.shape];
    // Gemm stretches C to the product, never the product to C.
    const fits = own?.length === 2 && result?.length === 2 && own.every((length, axis) => length === result[axis]);
    const replacement = fits && nodeOf({ ...product, c }, node, graph);
    if (replacement) return replacement;
  }
  return undefined;
};
