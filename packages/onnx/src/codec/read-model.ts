import { elementType } from "../element-types.ts";
import type { Attribute, Dim, Graph, Model, Node, ValueInfo } from "../model.ts";
import { loadTensor, type StoredTensor } from "../stored-tensor.ts";
import { floats, readTensor, varints } from "./tensor-codec.ts";
import { readFields, textOf } from "./wire.ts";

/**
 * Reads an `.onnx` file; initializers are views of its bytes.
 *
 * @throws `onnx/malformed`, `onnx/external-data`, `onnx/element-type`
 */
export function readModel(bytes: Uint8Array): Model {
  let irVersion = 0;
  let producer = "";
  let graph: Graph = { name: "", nodes: [], inputs: [], outputs: [], initializers: new Map(), values: [] };
  const opsets: Record<string, number> = {};
  const metadata: Record<string, string> = {};
  const rest: Uint8Array[] = [];
  for (const { number, value, raw } of readFields(bytes)) {
    if (number === 1) irVersion = Number(value);
    else if (number === 2) producer = textOf(value);
    else if (number === 7) graph = readGraph(value as Uint8Array);
    else if (number === 8) {
      const [domain, version] = readPair(value as Uint8Array);
      opsets[domain === "ai.onnx" ? "" : domain] = Number(version);
    } else if (number === 14) {
      const [key, text] = readPair(value as Uint8Array);
      metadata[key] = text;
    } else rest.push(raw);
  }
  return { irVersion, opsets, producer, graph, metadata, ...(rest.length > 0 ? { rest } : {}) };
}

/** Messages of a text in field 1 and a text or number in field 2. */
function readPair(bytes: Uint8Array): readonly [string, string] {
  let key = "";
  let text = "";
  for (const { number, value } of readFields(bytes)) {
    if (number === 1) key = textOf(value);
    else if (number === 2) text = typeof value === "bigint" ? String(value) : textOf(value);
  }
  return [key, text];
}

function readGraph(bytes: Uint8Array): Graph {
  let name = "";
  const nodes: Node[] = [];
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  const values: ValueInfo[] = [];
  const initializers = new Map<string, StoredTensor>();
  const rest: Uint8Array[] = [];
  for (const { number, value, raw } of readFields(bytes)) {
    const message = value as Uint8Array;
    if (number === 1) nodes.push(readNode(message));
    else if (number === 2) name = textOf(value);
    else if (number === 5) {
      const { name: tensorName, tensor } = readTensor(message);
      initializers.set(tensorName, tensor);
    } else if (number === 11) inputs.push(readValueInfo(message));
    else if (number === 12) outputs.push(readValueInfo(message));
    else if (number === 13) values.push(readValueInfo(message));
    else rest.push(raw);
  }
  return { name, nodes, inputs, outputs, initializers, values, ...(rest.length > 0 ? { rest } : {}) };
}

function readNode(bytes: Uint8Array): Node {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Record<string, Attribute> = {};
  let name = "";
  let op = "";
  let domain = "";
  for (const { number, value } of readFields(bytes)) {
    if (number === 1) inputs.push(textOf(value));
    else if (number === 2) outputs.push(textOf(value));
    else if (number === 3) name = textOf(value);
    else if (number === 4) op = textOf(value);
    else if (number === 5) {
      const [key, attribute] = readAttribute(value as Uint8Array);
      attributes[key] = attribute;
    } else if (number === 7) domain = textOf(value);
  }
  return { op, domain: domain === "ai.onnx" ? "" : domain, name, inputs, outputs, attributes };
}

function readAttribute(bytes: Uint8Array): readonly [string, Attribute] {
  let name = "";
  let type = 0;
  let single: bigint | Uint8Array | undefined;
  const ints: bigint[] = [];
  const reals: number[] = [];
  const texts: string[] = [];
  for (const { number, value } of readFields(bytes)) {
    if (number === 1) name = textOf(value);
    else if (number === 20) type = Number(value);
    else if (number >= 2 && number <= 6) single = value;
    else if (number === 7) reals.push(...floats(value, 4));
    else if (number === 8) ints.push(...varints(value));
    else if (number === 9) texts.push(textOf(value));
  }
  const message = single as Uint8Array;
  switch (type) {
    case 1:
      return [name, { kind: "float", value: [...floats(message ?? new Uint8Array(4), 4)][0]! }];
    case 2:
      return [name, { kind: "int", value: narrow((single as bigint) ?? 0n) }];
    case 3:
      return [name, { kind: "string", value: single === undefined ? "" : textOf(single) }];
    case 4:
      return [name, { kind: "tensor", value: loadTensor(readTensor(message).tensor) }];
    case 5:
      return [name, { kind: "graph", value: readGraph(message) }];
    case 6:
      return [name, { kind: "floats", value: reals }];
    case 7:
      return [name, { kind: "ints", value: ints.map(narrow) }];
    case 8:
      return [name, { kind: "strings", value: texts }];
    default:
      return [name, { kind: "opaque", value: bytes }];
  }
}

const narrow = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;

/** Sequences, maps and optionals are read as tensors of unknown rank. */
function readValueInfo(bytes: Uint8Array): ValueInfo {
  let name = "";
  let code = 1;
  let shape: Dim[] | undefined;
  let isUntyped = true;
  for (const { number, value } of readFields(bytes)) {
    if (number === 1) name = textOf(value);
    if (number !== 2) continue;
    isUntyped = false;
    for (const type of readFields(value as Uint8Array)) {
      if (type.number !== 1) continue;
      for (const part of readFields(type.value as Uint8Array)) {
        if (part.number === 1) code = Number(part.value);
        if (part.number === 2) shape = readShape(part.value as Uint8Array, name);
      }
    }
  }
  return { name, dtype: elementType(code), shape, ...(isUntyped ? { isUntyped } : {}) };
}

function readShape(bytes: Uint8Array, owner: string): Dim[] {
  return [...readFields(bytes)].map(({ value }, axis) => {
    for (const { number, value: length } of readFields(value as Uint8Array)) {
      if (number === 1) return Number(length);
      if (number === 2) return textOf(length);
    }
    return `${owner}_axis${axis}`;
  });
}
