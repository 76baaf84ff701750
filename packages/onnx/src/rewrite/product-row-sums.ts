import { integersOf } from "../constant-tensor.ts";
import type { Model, Node } from "../model.ts";
import type { GraphView } from "./graph-view.ts";
import { productOf } from "./product.ts";
import { numberAt } from "./read-attribute.ts";
import { type Rule, rewriteNodesInSlices } from "./rewrite-nodes.ts";

/**
 * Sums the rows of P ⊙ (D Vᵀ) as those of (P V) ⊙ D where the graph has the product P V.
 *
 * The gradient of an attention does so for its weights P: the rows of P V are as short as a head is wide, those of P as long as the text.
 */
export async function productRowSums(model: Model): Promise<Model> {
  const products = Map.groupBy(
    model.graph.nodes.filter((node) => productOf(node) !== undefined),
    (node) => node.inputs[0]!,
  );
  const places = new Map(model.graph.nodes.map(({ outputs }, place) => [outputs[0], place]));
  const rule: Rule = (node, graph) => {
    const terms = rowsOf(node, graph);
    if (terms === undefined) return undefined;
    for (const [p, name] of [terms, terms.toReversed()] as [string, string][]) {
      const wide = productOf(graph.producer(name));
      const isPlain = wide && wide.c === undefined && !wide.transA && wide.alpha === 1;
      const narrow = isPlain && products.get(p)?.find((other) => isCounterpart(other, wide.b, wide.transB));
      if (!narrow || places.get(narrow.outputs[0])! > places.get(node.outputs[0])!) continue;
      const [y] = narrow.outputs as [string];
      const [short, long] = [y, name].map((each) => graph.type(each)?.shape?.at(-1));
      if (typeof short !== "number" || typeof long !== "number" || short >= long) continue;
      const elements = graph.fresh(`${node.outputs[0]}_terms`);
      const times = { op: "Mul", domain: "", name: elements, inputs: [y, wide.a], outputs: [elements], attributes: {} };
      return { nodes: [times, { ...node, inputs: [elements, ...node.inputs.slice(1)] }] };
    }
    return undefined;
  };
  return rewriteNodesInSlices(model, rule);
}

/** The two factors whose product a node sums along the last axis, if it keeps the axis. */
function rowsOf(node: Node, graph: GraphView): readonly string[] | undefined {
  if (node.op !== "ReduceSum" || node.domain !== "" || numberAt(node, "keepdims", 1) !== 1) return undefined;
  const [x, axes] = node.inputs;
  const [product, given] = [graph.producer(x!), axes ? graph.constant(axes) : undefined];
  if (product?.op !== "Mul" || product.domain !== "" || graph.uses(x!) > 1 || given?.size !== 1) return undefined;
  const shapes = [x!, ...product.inputs].map((name) => graph.type(name)?.shape);
  const [shape] = shapes;
  const [axis] = integersOf(given);
  const isLast = axis === -1 || axis === (shape?.length ?? 0) - 1;
  return shape && isLast && shapes.every((other) => String(other) === String(shape)) ? product.inputs : undefined;
}

/** Whether a product with P is P V, where the other product reads V the other way round. */
function isCounterpart(node: Node, v: string, transV: boolean): boolean {
  const { b, c, transA, transB, alpha } = productOf(node)!;
  return b === v && c === undefined && !transA && transB !== transV && alpha === 1;
}
