import { elementCode } from "../element-types.ts";
import type { Attribute, Graph, Model, Node, ValueInfo } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { writeTensor } from "./tensor-codec.ts";
import { MessageWriter } from "./wire.ts";

/** Writes a model as the bytes of an `.onnx` file; equal models give equal bytes. */
export function writeModel({ irVersion, opsets, producer, graph, metadata, rest = [] }: Model): Uint8Array {
  const writer = new MessageWriter().int(1, irVersion).text(2, producer);
  writer.message(7, (inner) => writeGraph(inner, graph));
  for (const [domain, version] of sorted(opsets)) writer.message(8, (pair) => pair.text(1, domain).int(2, version));
  for (const [key, value] of sorted(metadata)) writer.message(14, (pair) => pair.text(1, key).text(2, value));
  for (const field of rest) writer.raw(field);
  return writer.finish();
}

const sorted = <T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

function writeGraph(
  writer: MessageWriter,
  { name, nodes, inputs, outputs, initializers, values, rest = [] }: Graph,
): void {
  for (const node of nodes) writer.message(1, (inner) => writeNode(inner, node));
  writer.text(2, name);
  for (const [key, tensor] of initializers) writer.message(5, (inner) => writeTensor(inner, key, tensor));
  for (const value of inputs) writer.message(11, (inner) => writeValueInfo(inner, value));
  for (const value of outputs) writer.message(12, (inner) => writeValueInfo(inner, value));
  for (const value of values) writer.message(13, (inner) => writeValueInfo(inner, value));
  for (const field of rest) writer.raw(field);
}

function writeNode(writer: MessageWriter, { op, domain, name, inputs, outputs, attributes }: Node): void {
  const encoder = new TextEncoder();
  for (const input of inputs) writer.bytes(1, encoder.encode(input));
  for (const output of outputs) writer.bytes(2, encoder.encode(output));
  writer.text(3, name).text(4, op);
  for (const [key, attribute] of sorted(attributes))
    writer.message(5, (inner) => writeAttribute(inner, key, attribute));
  writer.text(7, domain);
}

const kinds = { float: 1, int: 2, string: 3, tensor: 4, graph: 5, floats: 6, ints: 7, strings: 8 } as const;

function writeAttribute(writer: MessageWriter, name: string, attribute: Attribute): void {
  if (attribute.kind === "opaque") {
    writer.raw(attribute.value);
    return;
  }
  writer.text(1, name);
  const encoder = new TextEncoder();
  switch (attribute.kind) {
    case "float":
      writer.float(2, attribute.value);
      break;
    case "int":
      writer.int(3, attribute.value);
      break;
    case "string":
      writer.bytes(4, encoder.encode(attribute.value));
      break;
    case "tensor":
      writer.message(5, (inner) => writeTensor(inner, "", storeTensor(attribute.value)));
      break;
    case "graph":
      writer.message(6, (inner) => writeGraph(inner, attribute.value));
      break;
    case "floats":
      for (const value of attribute.value) writer.float(7, value);
      break;
    case "ints":
      for (const value of attribute.value) writer.int(8, value);
      break;
    case "strings":
      for (const value of attribute.value) writer.bytes(9, encoder.encode(value));
      break;
  }
  writer.int(20, kinds[attribute.kind]);
}

function writeValueInfo(writer: MessageWriter, { name, dtype, shape, isUntyped }: ValueInfo): void {
  writer.text(1, name);
  if (isUntyped) return;
  writer.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.int(1, elementCode(dtype));
      if (shape === undefined) return;
      tensor.message(2, (dims) => {
        for (const dim of shape)
          dims.message(1, (inner) => (typeof dim === "number" ? inner.int(1, dim) : inner.text(2, dim)));
      });
    }),
  );
}
