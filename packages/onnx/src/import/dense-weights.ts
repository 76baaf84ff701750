import { sizeOf } from "@athanor/core";
import { ReadContext } from "../codec/read-context.ts";
import { readTensor } from "../codec/tensor-codec.ts";
import { bytesOf, malformed, readFields, varints } from "../codec/wire.ts";
import { integersOf } from "../constant-tensor.ts";
import { storedBits } from "../element-types.ts";
import { bodiesOf } from "../graph/free-names.ts";
import type { Attribute, Graph, Node } from "../model.ts";
import { loadTensor, type StoredTensor } from "../stored-tensor.ts";

/** Numbers of the fields that hold sparse tensors: of a graph, and of an attribute. */
const [ofGraph, ofAttribute] = [15, 22];

/** Writes out the weights that a graph and its bodies store sparsely: whether zeros stay zeros is for training to say. */
export function denseWeights(graph: Graph): Graph {
  const found = (graph.rest ?? []).flatMap((field) => {
    const [{ number, value }] = readFields(field) as unknown as [{ number: number; value: Uint8Array }];
    return number === ofGraph ? [{ field, ...readSparse(value) }] : [];
  });
  const nodes = graph.nodes.map(withDense);
  if (found.length === 0 && nodes.every((node, i) => node === graph.nodes[i])) return graph;
  const fields = new Set(found.map(({ field }) => field));
  return {
    ...graph,
    nodes,
    initializers: new Map([...graph.initializers, ...found.map(({ name, tensor }) => [name, tensor] as const)]),
    rest: (graph.rest ?? []).filter((field) => !fields.has(field)),
  };
}

function withDense(node: Node): Node {
  const sparse = node.op === "Constant" && node.domain === "" ? node.attributes.sparse_value : undefined;
  if (sparse?.kind === "opaque") {
    const held = [...readFields(sparse.value)].find(({ number }) => number === ofAttribute);
    if (held === undefined) return node;
    return { ...node, attributes: { value: { kind: "tensor", value: loadTensor(readSparse(bytesOf(held)).tensor) } } };
  }
  if (bodiesOf(node).length === 0) return node;
  const attributes = Object.entries(node.attributes).map(([name, attribute]): [string, Attribute] => {
    const body = attribute.kind === "graph" ? denseWeights(attribute.value) : undefined;
    return [name, body && body !== attribute.value ? { kind: "graph", value: body } : attribute];
  });
  return attributes.every(([name, attribute]) => attribute === node.attributes[name])
    ? node
    : { ...node, attributes: Object.fromEntries(attributes) };
}

/** A SparseTensorProto: values, then their places as one number each or one an axis, then lengths. */
function readSparse(bytes: Uint8Array): { readonly name: string; readonly tensor: StoredTensor } {
  const fields = [...readFields(bytes)];
  const part = (number: number) => {
    const field = fields.find((each) => each.number === number);
    if (field === undefined) throw malformed("values and places of a sparse tensor", 0);
    return readTensor(bytesOf(field), new ReadContext());
  };
  const [{ name, tensor: values }, { tensor: places }] = [part(1), part(2)];
  const shape = fields.flatMap((field) => (field.number === 3 ? [...varints(field)].map(Number) : []));
  const width = storedBits(values.dtype) / 8;
  if (!("bytes" in values) || !Number.isInteger(width)) throw malformed("whole bytes in a sparse tensor", 0);
  const { length } = values.bytes;
  const data = new Uint8Array(sizeOf(shape) * width);
  for (const [i, at] of placesIn(shape, places).entries()) {
    if (!(at >= 0 && at * width < data.length && (i + 1) * width <= length))
      throw malformed("places inside a sparse tensor", 0);
    data.set(values.bytes.subarray(i * width, (i + 1) * width), at * width);
  }
  return { name, tensor: { dtype: values.dtype, shape, bytes: data } };
}

function placesIn(shape: readonly number[], places: StoredTensor): readonly number[] {
  const numbers = integersOf(loadTensor(places));
  if (places.shape.length < 2) return numbers;
  const rank = shape.length;
  return Array.from({ length: places.shape[0]! }, (_, i) =>
    shape.reduce((at, length, axis) => at * length + numbers[i * rank + axis]!, 0),
  );
}
