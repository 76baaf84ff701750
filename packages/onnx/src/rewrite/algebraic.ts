import type { Tensor } from "@athanor/core";
import { constantTensor, integersOf } from "../constant-tensor.ts";
import { isRare } from "../element-types.ts";
import type { Model, Node, ValueType } from "../model.ts";
import { registry } from "../registry.ts";
import { storeTensor } from "../stored-tensor.ts";
import type { GraphView } from "./graph-view.ts";
import { integersAt, numberAt } from "./read-attribute.ts";
import { type Replacement, type Rule, rewriteNodes } from "./rewrite-nodes.ts";

/** Takes out what changes nothing (x + 0, double negation, transposition back and forth) and joins what one node can do. */
export function algebraic(model: Model): Model {
  return rewriteNodes(model, neutralOperand, involution, stretchedOperand, (node, graph) =>
    node.domain === "" ? rules[node.op]?.(node, graph) : undefined,
  );
}

const value = (name: string): Replacement => ({ values: [name] });
const instead = (node: Node, change: Partial<Node>): Replacement => ({ nodes: [{ ...node, ...change }] });

/** Symbolic lengths are equal when their names are. */
const isSame = (a: ValueType | undefined, b: ValueType | undefined): boolean =>
  a?.shape !== undefined &&
  a.dtype === b?.dtype &&
  a.shape.length === b.shape?.length &&
  a.shape.every((length, axis) => length === b.shape![axis]);

const keeps = (node: Node, input: string, graph: GraphView): Replacement | undefined =>
  isSame(graph.type(input), graph.type(node.outputs[0]!)) ? value(input) : undefined;

const keepsStatic = (node: Node, graph: GraphView): Replacement | undefined =>
  graph.type(node.outputs[0]!)?.shape?.every((length) => typeof length === "number")
    ? keeps(node, node.inputs[0]!, graph)
    : undefined;

const isFilledWith = (tensor: Tensor | undefined, wanted: number): boolean =>
  tensor !== undefined &&
  tensor.dtype !== "string" &&
  tensor.dtype !== "float16" &&
  tensor.dtype !== "bfloat16" &&
  !isRare(tensor.dtype) &&
  tensor.size > 0 &&
  (tensor.data as Float32Array).every((element) => Number(element) === wanted);

const neutralOperand: Rule = (node, graph) => {
  const { neutral, isCommutative } = registry.get(`${node.domain}:${node.op}`)?.algebra ?? {};
  const [a, b] = node.inputs;
  if (neutral === undefined || node.inputs.length !== 2) return undefined;
  if (isFilledWith(graph.constant(b!), neutral)) return keeps(node, a!, graph);
  return isCommutative && isFilledWith(graph.constant(a!), neutral) ? keeps(node, b!, graph) : undefined;
};

const involution: Rule = (node, graph) => {
  const inner = graph.producer(node.inputs[0] ?? "");
  const isTwice = inner?.op === node.op && inner.domain === node.domain;
  return isTwice && registry.get(`${node.domain}:${node.op}`)?.algebra?.isInvolution
    ? value(inner.inputs[0]!)
    : undefined;
};

/** An operand need not be stretched to the shape that the other has: the operator stretches it itself, and writes no copy. */
const stretchedOperand: Rule = (node, graph) => {
  if (node.domain !== "" || !stretching.has(node.op)) return undefined;
  const type = graph.type(node.outputs[0]!);
  for (const [i, name] of node.inputs.entries()) {
    const expanded = producerOf("Expand", name, graph);
    const other = node.inputs[1 - i]!;
    if (expanded && other !== name && isSame(graph.type(other), type))
      return instead(node, { inputs: node.inputs.with(i, expanded.inputs[0]!) });
  }
  return undefined;
};

/** Operators over two values of one type that stretch either to the other's shape. */
const stretching = new Set(["Add", "Sub", "Mul", "Div"]);

const producerOf = (op: string, name: string | undefined, graph: GraphView): Node | undefined => {
  const node = graph.producer(name ?? "");
  return node?.op === op && node.domain === "" ? node : undefined;
};

/** Types whose every value the right-hand one holds, so that casting there and back changes nothing. */
const widened = new Set([
  "float16>float32",
  "float32>float64",
  "int32>int64",
  "int32>float64",
  "bool>float32",
  "bool>int64",
]);

const rules: Readonly<Record<string, Rule>> = {
  Identity: ({ inputs }) => value(inputs[0]!),

  Dropout({ inputs, outputs }, graph) {
    const isInference = !inputs[2] || isFilledWith(graph.constant(inputs[2]), 0);
    return isInference && outputs.filter((name) => name !== "").length === 1 ? value(inputs[0]!) : undefined;
  },

  Transpose(node, graph) {
    const perm = permutationOf(node, graph);
    if (perm === undefined) return undefined;
    if (isIdentity(perm)) return value(node.inputs[0]!);
    const inner = producerOf("Transpose", node.inputs[0], graph);
    const first = inner && permutationOf(inner, graph);
    if (first === undefined) return undefined;
    const joined = perm.map((axis) => first[axis]!);
    if (isIdentity(joined)) return value(inner!.inputs[0]!);
    return instead(node, { inputs: inner!.inputs, attributes: { perm: { kind: "ints", value: joined } } });
  },

  Reshape(node, graph) {
    const [x, shape] = node.inputs;
    const same = keeps(node, x!, graph);
    // Only where both targets are constants: a target that is computed may be there to hold the node back.
    const target = graph.constant(shape!);
    if (same || target === undefined) return target && same;
    const inner = producerOf("Reshape", x, graph);
    const copies = integersOf(target).includes(0) && numberAt(node, "allowzero", 0) === 0;
    if (inner === undefined || copies || graph.constant(inner.inputs[1]!) === undefined) return undefined;
    const back = keeps(node, inner.inputs[0]!, graph);
    if (back) return back;
    return instead(node, { inputs: [inner.inputs[0]!, shape!] });
  },

  Cast(node, graph) {
    const [x] = node.inputs;
    const inner = producerOf("Cast", x, graph);
    const [before, between, after] = [inner?.inputs[0] ?? "", x!, node.outputs[0]!].map((name) => graph.type(name));
    if (between && between.dtype === after?.dtype) return value(x!);
    const isBack = before && between && before.dtype === after?.dtype;
    return isBack && widened.has(`${before.dtype}>${between.dtype}`) ? value(inner!.inputs[0]!) : undefined;
  },

  Expand: (node, graph) => (graph.constant(node.inputs[1]!) ? keeps(node, node.inputs[0]!, graph) : undefined),
  Concat: ({ inputs }) => (inputs.length === 1 ? value(inputs[0]!) : undefined),
  Pad: (node, graph) =>
    isFilledWith(graph.constant(node.inputs[1]!), 0) ? keeps(node, node.inputs[0]!, graph) : undefined,

  // Of as many elements along each axis, in their order, a slice is all.
  Slice: (node, graph) =>
    !node.inputs[4] || isFilledWith(graph.constant(node.inputs[4]), 1) ? keepsStatic(node, graph) : undefined,

  Sum(node) {
    if (node.inputs.length === 1) return value(node.inputs[0]!);
    if (node.inputs.length === 2) return instead(node, { op: "Add" });
    return undefined;
  },

  // a + (−b) = a − b
  Add(node, graph) {
    const [a, b] = node.inputs;
    const [left, right] = [producerOf("Neg", a, graph), producerOf("Neg", b, graph)];
    if (right) return instead(node, { op: "Sub", inputs: [a!, right.inputs[0]!] });
    return left && instead(node, { op: "Sub", inputs: [b!, left.inputs[0]!] });
  },

  // a − (−b) = a + b
  Sub(node, graph) {
    const right = producerOf("Neg", node.inputs[1], graph);
    return right && instead(node, { op: "Add", inputs: [node.inputs[0]!, right.inputs[0]!] });
  },

  // (−a) (−b) = a b, (a c) d = a (c d) for numbers c and d
  Mul(node, graph) {
    const [left, right] = node.inputs.map((name) => producerOf("Neg", name, graph));
    if (left && right) return instead(node, { inputs: [left.inputs[0]!, right.inputs[0]!] });
    const outer = scaled(node, graph);
    const inner = outer && graph.uses(outer.x) === 1 ? scaled(producerOf("Mul", outer.x, graph), graph) : undefined;
    if (inner === undefined) return undefined;
    const name = graph.fresh(`${node.outputs[0]}_factor`);
    const factor = constantTensor(outer!.factor * inner.factor, inner.dtype);
    const nodes = [{ ...node, inputs: [inner.x, name] }];
    return { nodes, initializers: new Map([[name, storeTensor(factor)]]) };
  },
};

/** A value times one number, which is not to change its rank. */
function scaled(node: Node | undefined, graph: GraphView) {
  const [a, b] = node?.inputs ?? [];
  for (const [x, number] of [
    [a, b],
    [b, a],
  ]) {
    const [tensor, type] = [graph.constant(number ?? ""), graph.type(x ?? "")];
    const dtype = type?.dtype;
    const isNumber = tensor?.size === 1 && tensor.shape.length <= (type?.shape?.length ?? -1);
    if (isNumber && (dtype === "float32" || dtype === "float64"))
      return { x: x!, factor: Number(tensor.data[0]), dtype } as const;
  }
  return undefined;
}

const isIdentity = (perm: readonly number[]): boolean => perm.every((from, axis) => from === axis);

function permutationOf(node: Node, graph: GraphView): readonly number[] | undefined {
  const given = integersAt(node, "perm");
  const rank = graph.type(node.inputs[0]!)?.shape?.length;
  return given ?? (rank === undefined ? undefined : Array.from({ length: rank }, (_, axis) => rank - 1 - axis));
}
