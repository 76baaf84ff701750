import { int64 } from "@athanor/core";
import type { Dim, Model, Node } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import type { GraphView } from "./graph-view.ts";
import { gemm, isFloating, soleProduct } from "./product.ts";
import { type Replacement, type Rule, rewriteNodesInSlices } from "./rewrite-nodes.ts";

/**
 * Adds into the product of a stack with one matrix: over all rows at once it is a `Gemm`, which takes the bias or what is
 * added up along. Gradients that meet at a value are such sums; the reshapes around them cost nothing.
 */
export function stackedProducts(model: Model): Promise<Model> {
  return rewriteNodesInSlices(model, addition, sum);
}

const addition: Rule = (node, graph) => {
  if (node.op !== "Add" || node.domain !== "") return undefined;
  const [a, b] = node.inputs as [string, string];
  return accumulated(node, a, b, graph) ?? accumulated(node, b, a, graph);
};

/** a + b + c with a product c: the others are added first, and go into the product. */
const sum: Rule = (node, graph) => {
  if (node.op !== "Sum" || node.domain !== "" || node.inputs.length < 2) return undefined;
  const [y] = node.outputs;
  for (const name of node.inputs) {
    const others = node.inputs.filter((other) => other !== name);
    if (others.length < node.inputs.length - 1 || !others.every((other) => isAlike(other, y!, graph))) continue;
    const rest = graph.fresh(`${y}_rest`);
    const replacement = accumulated(node, name, others.length === 1 ? others[0]! : rest, graph, y);
    if (replacement === undefined || !("nodes" in replacement)) continue;
    if (others.length === 1) return replacement;
    const op = others.length === 2 ? "Add" : "Sum";
    const first = { op, domain: "", name: rest, inputs: others, outputs: [rest], attributes: {} };
    return { ...replacement, nodes: [first, ...replacement.nodes] };
  }
  return undefined;
};

const isAlike = (name: string, other: string, graph: GraphView): boolean => {
  const [a, b] = [graph.type(name)?.shape, graph.type(other)?.shape];
  return a !== undefined && a.length === b?.length && a.every((length, axis) => length === b[axis]);
};

/** @param like a value with the addend's type, where the addend is new */
function accumulated(
  node: Node,
  name: string,
  addend: string,
  graph: GraphView,
  like: string = addend,
): Replacement | undefined {
  const product = soleProduct(name, graph);
  if (product === undefined || name === addend || product.transA) return undefined;
  const [left, right, own, added] = [product.a, product.b, name, like].map((each) => graph.type(each));
  if (!isFloating(left) || !isFloating(right) || !isFloating(own) || !isFloating(added)) return undefined;
  const [columns, rows] = [own.shape!.at(-1)!, own.shape!.slice(0, -1)];
  const isStack = left.shape!.length > 2 && right.shape!.length === 2;
  if (!isStack || typeof columns !== "number" || !isAlike(name, node.outputs[0]!, graph)) return undefined;
  const isBias = added.shape!.slice(0, -1).every((length) => length === 1) && added.shape!.at(-1) === columns;
  if (!isBias && !isAlike(name, like, graph)) return undefined;
  const inner = left.shape!.at(-1)!;
  // More than one unknown length cannot be put back.
  if (typeof inner !== "number" || rows.filter((length) => typeof length !== "number").length > 1) return undefined;

  const [y] = node.outputs;
  const initializers = new Map<string, ReturnType<typeof storeTensor>>();
  const nodes: Node[] = [];
  const reshape = (x: string, shape: readonly Dim[], to: string): string => {
    const target = graph.fresh(`${to}_shape`);
    initializers.set(target, storeTensor(int64(shape.map((length) => (typeof length === "number" ? length : -1)))));
    const name = graph.fresh(`${to}_view`);
    nodes.push({ op: "Reshape", domain: "", name, inputs: [x, target], outputs: [to], attributes: {} });
    return to;
  };
  const count = rows.every((length) => typeof length === "number")
    ? rows.reduce((total: number, length) => total * (length as number), 1)
    : "rows";
  const a = reshape(product.a, [count, inner], graph.fresh(`${y}_left`));
  const isRow = isBias && added.shape!.length <= 2;
  const c = isRow ? addend : reshape(addend, isBias ? [columns] : [count, columns], graph.fresh(`${y}_added`));
  const flat = graph.fresh(`${y}_rows`);
  nodes.push(gemm({ ...product, a, c }, node.name, [flat]));
  reshape(flat, own.shape!, y!);
  return { nodes, initializers };
}
