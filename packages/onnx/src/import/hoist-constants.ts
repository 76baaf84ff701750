import type { DType, Tensor } from "@athanor/core";
import { tensorOf } from "../evaluate/elements.ts";
import type { Attribute, Graph, Node } from "../model.ts";
import { type StoredTensor, storeTensor } from "../stored-tensor.ts";

/** Makes initializers of Constant nodes, under the names of their outputs: some exporters store every weight so. */
export function hoistConstants(graph: Graph): Graph {
  const initializers = new Map<string, StoredTensor>(graph.initializers);
  const nodes: Node[] = [];
  for (const node of graph.nodes) {
    const value = node.op === "Constant" && node.domain === "" ? constantValue(node.attributes) : undefined;
    if (value === undefined) nodes.push(node);
    else initializers.set(node.outputs[0]!, storeTensor(value));
  }
  return nodes.length === graph.nodes.length ? graph : { ...graph, nodes, initializers };
}

const dtypes: Readonly<Record<string, DType>> = { float: "float32", int: "int64", string: "string" };

/** The value that a Constant node states; `undefined` for sparse ones. */
function constantValue(attributes: Readonly<Record<string, Attribute>>): Tensor | undefined {
  for (const [name, attribute] of Object.entries(attributes)) {
    if (name === "value" && attribute.kind === "tensor") return attribute.value;
    const dtype = /^value_(float|int|string)s?$/.exec(name)?.[1];
    if (dtype === undefined) continue;
    const isList = Array.isArray(attribute.value);
    const values = (isList ? attribute.value : [attribute.value]) as readonly (number | bigint | string)[];
    const elements = dtype === "int" ? values.map(BigInt) : values;
    return tensorOf(dtypes[dtype]!, elements, isList ? [values.length] : []);
  }
  return undefined;
}
