import type { Graph, Model, ModelFunction } from "../model.ts";
import { ReadContext, type ReadExternal } from "./read-context.ts";
import { readAttribute, readGraph, readNode } from "./read-graph.ts";
import { bytesOf, intOf, malformed, readFields, textOf } from "./wire.ts";

/** Where data that lies beside a model is read from. */
export interface ReadOptions {
  /** Reads data that lies in other files; `openModelFile` gives one that reads from the model's folder. */
  readonly external?: ReadExternal;
}

/**
 * Reads an `.onnx` file; initializers are views of its bytes.
 *
 * @throws `onnx/malformed`, `onnx/element-type`, `onnx/duplicate-name`
 */
export function readModel(source: Uint8Array, { external }: ReadOptions = {}): Model {
  // Buffers slice to views where plain arrays copy, so that what is read is plain whatever was given.
  const bytes = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const context = new ReadContext(external);
  return context.part(bytes, () => readParts(bytes, context));
}

function readParts(bytes: Uint8Array, context: ReadContext): Model {
  let irVersion = 0;
  let producer = "";
  let graph: Graph | undefined;
  const opsets: [string, number][] = [];
  const metadata: [string, string][] = [];
  const functions: ModelFunction[] = [];
  const rest: Uint8Array[] = [];
  for (const field of readFields(bytes)) {
    const { number } = field;
    if (number === 1) irVersion = intOf(field);
    else if (number === 2) producer = textOf(field);
    else if (number === 7) graph = readGraph(bytesOf(field), context);
    else if (number === 8) opsets.push(readOpset(bytesOf(field)));
    else if (number === 14) metadata.push(readEntry(bytesOf(field)));
    else if (number === 25) functions.push(readFunction(bytesOf(field), context));
    else rest.push(field.raw);
  }
  if (graph === undefined) throw malformed("a graph", bytes.length);
  return {
    irVersion,
    opsets: Object.fromEntries(opsets),
    producer,
    graph,
    metadata: Object.fromEntries(metadata),
    ...(functions.length > 0 ? { functions } : {}),
    ...(rest.length > 0 ? { rest } : {}),
  };
}

/** Both names of the standard's domain mean the same. */
export const domainOf = (text: string): string => (text === "ai.onnx" ? "" : text);

function readEntry(bytes: Uint8Array): [string, string] {
  let [key, text] = ["", ""];
  for (const field of readFields(bytes)) {
    if (field.number === 1) key = textOf(field);
    else if (field.number === 2) text = textOf(field);
  }
  return [key, text];
}

function readOpset(bytes: Uint8Array): [string, number] {
  let domain = "";
  let version = 0;
  for (const field of readFields(bytes)) {
    if (field.number === 1) domain = domainOf(textOf(field));
    else if (field.number === 2) version = intOf(field);
  }
  return [domain, version];
}

function readFunction(bytes: Uint8Array, context: ReadContext): ModelFunction {
  return context.part(bytes, () => {
    const texts: Record<number, string> = {};
    const [inputs, outputs, attributes]: string[][] = [[], [], []];
    const lists: Readonly<Record<number, string[] | undefined>> = { 4: inputs, 5: outputs, 6: attributes };
    const nodes: ModelFunction["nodes"][number][] = [];
    const opsets: [string, number][] = [];
    const defaults: ReturnType<typeof readAttribute>[] = [];
    const rest: Uint8Array[] = [];
    for (const field of readFields(bytes)) {
      const { number } = field;
      const list = lists[number];
      if (list) list.push(textOf(field));
      else if (number === 1 || number === 10 || number === 13) texts[number] = textOf(field);
      else if (number === 7) nodes.push(readNode(bytesOf(field), context));
      else if (number === 9) opsets.push(readOpset(bytesOf(field)));
      else if (number === 11) defaults.push(readAttribute(bytesOf(field), context));
      else rest.push(field.raw);
    }
    return {
      name: texts[1] ?? "",
      domain: domainOf(texts[10] ?? ""),
      overload: texts[13] ?? "",
      inputs: inputs!,
      outputs: outputs!,
      attributes: attributes!,
      defaults: Object.fromEntries(defaults),
      nodes,
      opsets: Object.fromEntries(opsets),
      ...(rest.length > 0 ? { rest } : {}),
    };
  });
}
