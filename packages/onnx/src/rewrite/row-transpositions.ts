import type { Model, Node } from "../model.ts";
import type { GraphView } from "./graph-view.ts";
import { namesRead } from "./names-read.ts";
import { attributesOf, type Product, productOf, soleProduct } from "./product.ts";
import { integersAt } from "./read-attribute.ts";
import { type Rule, rewriteNodesInSlices } from "./rewrite-nodes.ts";

/**
 * Lets products of stacks take over the part of a transposition that reads memory in strides.
 *
 * A transposition that keeps the innermost axis moves whole rows; one that exchanges it with the next moves single numbers.
 * Beside a product the exchange is a flag of the product, as between the heads of an attention and its scores.
 */
export function rowTranspositions(model: Model): Promise<Model> {
  const readers = new Map<string, Node[]>();
  for (const node of model.graph.nodes)
    for (const name of namesRead(node)) readers.set(name, [...(readers.get(name) ?? []), node]);
  const isForProducts = (name: string, graph: GraphView) =>
    !graph.isOutput(name) && readers.get(name)?.every((node) => productOf(node) !== undefined) === true;

  const operand: Rule = (node, graph) => {
    const product = productOf(node);
    if (product === undefined || !isStack(product, graph)) return undefined;
    const nodes: Node[] = [];
    const moved = (name: string): string | undefined => {
      const transposition = graph.producer(name);
      const perm = permutationOf(transposition, name, graph);
      const rank = perm?.length ?? 0;
      if (perm?.[rank - 2] !== rank - 1 || isSwap(perm) || !isForProducts(name, graph)) return undefined;
      const to = graph.fresh(`${name}_rows`);
      const swapped = [...perm.slice(0, -2), perm[rank - 1]!, perm[rank - 2]!];
      nodes.push(transpose(transposition!.inputs[0]!, swapped, to, graph));
      return to;
    };
    const [a, b] = [moved(product.a), moved(product.b)];
    if (a === undefined && b === undefined) return undefined;
    const changed = {
      ...product,
      ...(a ? { a, transA: !product.transA } : {}),
      ...(b ? { b, transB: !product.transB } : {}),
    };
    return { nodes: [...nodes, fused(changed, node, node.outputs[0]!)] };
  };

  const result: Rule = (node, graph) => {
    const [y] = node.outputs as [string];
    const perm = permutationOf(node, y, graph);
    const rank = perm?.length ?? 0;
    const product = soleProduct(node.inputs[0]!, graph);
    if (perm?.[rank - 1] !== rank - 2 || isSwap(perm) || product === undefined || !isStack(product, graph))
      return undefined;
    const { a, b, transA, transB, alpha } = product;
    const to = graph.fresh(`${y}_rows`);
    const turned = { a: b, b: a, transA: !transB, transB: !transA, alpha };
    const exchanged = perm.map((axis) => (axis === rank - 1 ? rank - 2 : axis === rank - 2 ? rank - 1 : axis));
    const made = { ...node, name: graph.fresh(`${node.name}_product`) };
    return { nodes: [fused(turned, made, to), { ...transpose(to, exchanged, y, graph), name: node.name }] };
  };

  return rewriteNodesInSlices(model, operand, result);
}

/** What the runtime's fused product takes: stacks of float32 matrices, without an addend. */
const isStack = ({ a, b, c }: Product, graph: GraphView): boolean =>
  c === undefined &&
  [a, b].every((name) => {
    const type = graph.type(name);
    return type?.dtype === "float32" && (type.shape?.length ?? 0) > 2;
  });

function permutationOf(node: Node | undefined, output: string, graph: GraphView): readonly number[] | undefined {
  if (node?.op !== "Transpose" || node.domain !== "") return undefined;
  const rank = graph.type(output)?.shape?.length;
  return rank === undefined || rank < 3 ? undefined : integersAt(node, "perm");
}

/** An exchange of the last two axes alone is left to `matrixProducts`, which needs no transposition for it. */
const isSwap = (perm: readonly number[]): boolean => perm.slice(0, -2).every((from, axis) => from === axis);

const fused = (product: Product, { name }: Node, output: string): Node => ({
  op: "FusedMatMul",
  domain: "com.microsoft",
  name,
  inputs: [product.a, product.b],
  outputs: [output],
  attributes: attributesOf(product),
});

const transpose = (x: string, perm: readonly number[], output: string, graph: GraphView): Node => ({
  op: "Transpose",
  domain: "",
  name: graph.fresh(`${output}_transpose`),
  inputs: [x],
  outputs: [output],
  attributes: { perm: { kind: "ints", value: perm } },
});
