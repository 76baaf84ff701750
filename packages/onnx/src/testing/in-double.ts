import { type DType, float64, type Tensor } from "@athanor/core";
import { elementCode } from "../element-types.ts";
import type { Attribute, Graph, Node } from "../model.ts";
import { loadTensor, storeTensor } from "../stored-tensor.ts";
import type { NodeCase } from "./node-case.ts";

/** The same case with double precision in place of single. */
export const inDouble = (it: NodeCase): NodeCase => ({
  ...it,
  model: { ...it.model, graph: graphInDouble(it.model.graph) },
  inputs: Object.fromEntries(Object.entries(it.inputs).map(([name, tensor]) => [name, widen(tensor)])),
});

export const widen = (tensor: Tensor): Tensor =>
  tensor.dtype === "float32" ? float64(Float64Array.from(tensor.data as Float32Array), tensor.shape) : tensor;
const widenType = <T extends { readonly dtype: DType }>(info: T): T =>
  info.dtype === "float32" ? { ...info, dtype: "float64" } : info;

/** A graph with double precision in place of single. */
export const graphInDouble = (graph: Graph): Graph => ({
  ...graph,
  inputs: graph.inputs.map(widenType),
  outputs: graph.outputs.map(widenType),
  values: graph.values.map(widenType),
  initializers: new Map(
    [...graph.initializers].map(([name, stored]) => [name, storeTensor(widen(loadTensor(stored)))]),
  ),
  nodes: graph.nodes.map((node) => ({
    ...node,
    attributes:
      constantInDouble(node) ??
      Object.fromEntries(Object.entries(node.attributes).map(([key, value]) => [key, attributeInDouble(key, value)])),
  })),
});

/** Tensors, inner graphs, and the element types that Cast and generators name. */
function attributeInDouble(key: string, attribute: Attribute): Attribute {
  if (attribute.kind === "tensor") return { kind: "tensor", value: widen(attribute.value) };
  if (attribute.kind === "graph") return { kind: "graph", value: graphInDouble(attribute.value) };
  const isType = attribute.kind === "int" && (key === "to" || key === "dtype");
  return isType && attribute.value === elementCode("float32")
    ? { kind: "int", value: elementCode("float64") }
    : attribute;
}

/** Numbers that are of single precision without saying so: plain attributes of a Constant, and what ConstantOfShape fills with. */
function constantInDouble({ op, attributes }: Node): Node["attributes"] | undefined {
  const { value: filling, value_float: one, value_floats: many } = attributes;
  if (op === "ConstantOfShape" && filling === undefined) return { value: { kind: "tensor", value: float64([0]) } };
  if (op !== "Constant") return undefined;
  if (one?.kind === "float") return { value: { kind: "tensor", value: float64([one.value], []) } };
  return many?.kind === "floats" ? { value: { kind: "tensor", value: float64(many.value) } } : undefined;
}
