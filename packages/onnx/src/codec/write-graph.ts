import { atOnce, type Slices } from "@athanor/core";
import { elementCode } from "../element-types.ts";
import type { Attribute, Graph, Node, ValueInfo } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import type { MessageWriter } from "./message-writer.ts";
import { sourceOf } from "./source-bytes.ts";
import { writeTensor } from "./tensor-codec.ts";

/** What becomes of data that lies beside a model. */
export interface WriteOptions {
  /** Whether data in other files is taken into the model, the default, or stays referred to. */
  readonly external?: "embed" | "keep";
}

export const sorted = <T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** Writes a part as it was read, if it was and may be. */
function writeSource(writer: MessageWriter, part: object, { external }: WriteOptions, name = ""): boolean {
  const source = sourceOf(part);
  if (source === undefined || source.name !== name || (source.isExternal && external !== "keep")) return false;
  writer.raw(source.bytes);
  return true;
}

export function* writeGraph(writer: MessageWriter, graph: Graph, options: WriteOptions): Slices<void> {
  if (writeSource(writer, graph, options)) return;
  const { name, nodes, inputs, outputs, initializers, values, rest = [] } = graph;
  for (const node of nodes) {
    writer.message(1, (inner) => writeNode(inner, node, options));
    yield;
  }
  writer.text(2, name);
  for (const [key, tensor] of initializers) {
    writer.message(5, (inner) => writeTensor(inner, key, tensor, options.external === "keep"));
    yield;
  }
  for (const value of inputs) writer.message(11, (inner) => writeValueInfo(inner, value, options));
  for (const value of outputs) writer.message(12, (inner) => writeValueInfo(inner, value, options));
  for (const value of values) writer.message(13, (inner) => writeValueInfo(inner, value, options));
  for (const field of rest) writer.raw(field);
}

export function writeNode(writer: MessageWriter, node: Node, options: WriteOptions): void {
  if (writeSource(writer, node, options)) return;
  const { op, domain, name, inputs, outputs, attributes, overload = "", rest = [] } = node;
  for (const input of inputs) writer.text(1, input, { isItem: true });
  for (const output of outputs) writer.text(2, output, { isItem: true });
  writer.text(3, name).text(4, op);
  for (const [key, attribute] of sorted(attributes))
    writer.message(5, (inner) => writeAttribute(inner, key, attribute, options));
  writer.text(7, domain).text(8, overload);
  for (const field of rest) writer.raw(field);
}

const kinds = { float: 1, int: 2, string: 3, tensor: 4, graph: 5, floats: 6, ints: 7, strings: 8 } as const;

export function writeAttribute(writer: MessageWriter, name: string, attribute: Attribute, options: WriteOptions): void {
  if (writeSource(writer, attribute, options, name)) return;
  if (attribute.kind === "opaque") {
    writer.raw(attribute.value);
    return;
  }
  writer.text(1, name);
  switch (attribute.kind) {
    case "float":
      writer.float(2, attribute.value);
      break;
    case "int":
      writer.int(3, attribute.value);
      break;
    case "string":
      writer.text(4, attribute.value, { isItem: true });
      break;
    case "tensor":
      writer.message(5, (inner) => writeTensor(inner, "", storeTensor(attribute.value), false));
      break;
    case "graph":
      writer.message(6, (inner) => atOnce(writeGraph(inner, attribute.value, options)));
      break;
    case "floats":
      for (const value of attribute.value) writer.float(7, value);
      break;
    case "ints":
      for (const value of attribute.value) writer.int(8, value);
      break;
    case "strings":
      for (const value of attribute.value) writer.text(9, value, { isItem: true });
      break;
    case "reference":
      writer.text(21, attribute.value);
      break;
  }
  writer.int(20, attribute.kind === "reference" ? attribute.type : kinds[attribute.kind]);
}

function writeValueInfo(writer: MessageWriter, info: ValueInfo, options: WriteOptions): void {
  if (writeSource(writer, info, options)) return;
  const { name, dtype, shape, foreign, rest = [] } = info;
  writer.text(1, name);
  if (foreign === undefined) writer.message(2, (type) => type.message(1, (tensor) => writeType(tensor, dtype, shape)));
  else if (foreign.length > 0) writer.bytes(2, foreign);
  for (const field of rest) writer.raw(field);
}

function writeType(writer: MessageWriter, dtype: ValueInfo["dtype"], shape: ValueInfo["shape"]): void {
  writer.int(1, elementCode(dtype));
  if (shape === undefined) return;
  writer.message(2, (dims) => {
    for (const dim of shape)
      dims.message(1, (inner) => (typeof dim === "number" ? inner.int(1, dim) : inner.text(2, dim)));
  });
}
