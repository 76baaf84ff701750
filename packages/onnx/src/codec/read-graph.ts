import { AthanorError } from "@athanor/core";
import type { Attribute, Graph, Node, ValueInfo } from "../model.ts";
import { loadTensor, type StoredTensor } from "../stored-tensor.ts";
import type { ReadContext } from "./read-context.ts";
import { readValueInfo } from "./read-value-info.ts";
import { readTensor } from "./tensor-codec.ts";
import { bytesOf, floats, intOf, malformed, readFields, textOf, varints, type WireField } from "./wire.ts";

export function readGraph(bytes: Uint8Array, context: ReadContext): Graph {
  return context.nested(() => context.part(bytes, () => readParts(bytes, context)));
}

function readParts(bytes: Uint8Array, context: ReadContext): Graph {
  let name = "";
  const nodes: Node[] = [];
  const [inputs, outputs, values]: ValueInfo[][] = [[], [], []];
  const infos: Readonly<Record<number, ValueInfo[] | undefined>> = { 11: inputs, 12: outputs, 13: values };
  const initializers = new Map<string, StoredTensor>();
  const rest: Uint8Array[] = [];
  for (const field of readFields(bytes)) {
    const list = infos[field.number];
    if (field.number === 1) nodes.push(readNode(bytesOf(field), context));
    else if (field.number === 2) name = textOf(field);
    else if (field.number === 5) {
      const { name: key, tensor } = readTensor(bytesOf(field), context);
      if (initializers.has(key)) {
        throw new AthanorError("onnx/duplicate-name", `Graph: expected initializers named once, got ${key} twice`, {
          details: { name: key },
        });
      }
      initializers.set(key, tensor);
    } else if (list) list.push(context.part(bytesOf(field), () => readValueInfo(bytesOf(field))));
    else rest.push(field.raw);
  }
  return {
    name,
    nodes,
    inputs: inputs!,
    outputs: outputs!,
    initializers,
    values: values!,
    ...(rest.length > 0 ? { rest } : {}),
  };
}

export function readNode(bytes: Uint8Array, context: ReadContext): Node {
  return context.part(bytes, () => {
    const texts: Record<number, string> = {};
    const [inputs, outputs]: string[][] = [[], []];
    const attributes: [string, Attribute][] = [];
    const rest: Uint8Array[] = [];
    for (const field of readFields(bytes)) {
      const { number } = field;
      if (number === 1) inputs!.push(textOf(field));
      else if (number === 2) outputs!.push(textOf(field));
      else if (number === 3 || number === 4 || number === 7 || number === 8) texts[number] = textOf(field);
      else if (number === 5) attributes.push(readAttribute(bytesOf(field), context));
      else rest.push(field.raw);
    }
    return {
      op: texts[4] ?? "",
      domain: texts[7] === "ai.onnx" ? "" : (texts[7] ?? ""),
      name: texts[3] ?? "",
      inputs: inputs!,
      outputs: outputs!,
      attributes: Object.fromEntries(attributes),
      ...(texts[8] ? { overload: texts[8] } : {}),
      ...(rest.length > 0 ? { rest } : {}),
    };
  });
}

/** Kinds by the number that names them, and by the field that holds them where a file names none. */
const kindOfField: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6, 8: 7, 9: 8 };

export function readAttribute(bytes: Uint8Array, context: ReadContext): [string, Attribute] {
  let name = "";
  const attribute = context.part(
    bytes,
    () => {
      const fields = [...readFields(bytes)];
      const last = (number: number) => fields.findLast((field) => field.number === number);
      name = textOf(last(1) ?? missing(1));
      const stated = last(20);
      const held = fields.find(({ number }) => number in kindOfField);
      const type = stated ? intOf(stated) : held ? kindOfField[held.number]! : 0;
      const reference = last(21);
      if (reference && textOf(reference) !== "") return { kind: "reference", value: textOf(reference), type } as const;
      return attributeOf(type, fields, last, bytes, context);
    },
    () => name,
  );
  return [name, attribute];
}

const missing = (number: number): Pick<WireField, "number" | "value"> => ({ number, value: new Uint8Array() });

function attributeOf(
  type: number,
  fields: readonly WireField[],
  last: (number: number) => WireField | undefined,
  bytes: Uint8Array,
  context: ReadContext,
): Attribute {
  const all = (number: number) => fields.filter((field) => field.number === number);
  const message = (number: number): Uint8Array => bytesOf(last(number) ?? missing(number));
  switch (type) {
    case 1:
      return { kind: "float", value: singleFloat(last(2)) };
    case 2:
      return { kind: "int", value: narrow([...varints(last(3) ?? { value: 0n })][0] ?? 0n) };
    case 3:
      return { kind: "string", value: textOf(last(4) ?? missing(4)) };
    case 4:
      return { kind: "tensor", value: loadTensor(readTensor(message(5), context).tensor) };
    case 5:
      return { kind: "graph", value: readGraph(message(6), context) };
    case 6:
      return { kind: "floats", value: all(7).flatMap((field) => [...floats(field, 4)]) };
    case 7:
      return { kind: "ints", value: all(8).flatMap((field) => [...varints(field)].map(narrow)) };
    case 8:
      return { kind: "strings", value: all(9).map(textOf) };
    default:
      return { kind: "opaque", value: bytes };
  }
}

function singleFloat(field: WireField | undefined): number {
  if (field === undefined) return 0;
  const [value] = floats(field, 4);
  if (value === undefined) throw malformed("a number in field 2", 0);
  return value;
}

const narrow = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
