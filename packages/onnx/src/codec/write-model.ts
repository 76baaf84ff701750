import { atOnce, canShareMemory, inSlices, type Slices, shareableBuffer } from "@athanor/core";
import type { Model, ModelFunction } from "../model.ts";
import { MessageWriter } from "./message-writer.ts";
import { sourceOf } from "./source-bytes.ts";
import { largestModel, tooLarge } from "./too-large.ts";
import { sorted, type WriteOptions, writeAttribute, writeGraph, writeNode } from "./write-graph.ts";

/**
 * Writes a model as the bytes of an `.onnx` file; equal models give equal bytes.
 *
 * Parts that a model was read with and that were not replaced are written as the bytes they came from, so that an
 * unchanged model gives its file back.
 *
 * @throws `onnx/too-large` above two gigabytes
 */
export const writeModel = (model: Model, options: WriteOptions = {}): Uint8Array =>
  atOnce(writeSlices(model, options, (length) => new Uint8Array(length)));

/** Writes a model as `writeModel` does, for another thread, which need not copy it, and lets timers and input run meanwhile. */
export const writeModelInSlices = (model: Model, options: WriteOptions = {}): Promise<Uint8Array> =>
  inSlices(
    writeSlices(model, options, (length) =>
      length > smallBytes && canShareMemory ? new Uint8Array(shareableBuffer(length)) : new Uint8Array(length),
    ),
  );

/** Bytes that are sent to another thread in no time. */
const smallBytes = 2 ** 20;

function* writeSlices(
  model: Model,
  options: WriteOptions,
  allocate: (length: number) => Uint8Array,
): Slices<Uint8Array> {
  const writer = new MessageWriter();
  const source = sourceOf(model);
  if (source && (options.external === "keep" || !source.isExternal)) {
    writer.raw(source.bytes);
    return yield* writer.finishInSlices(allocate(writer.length));
  }
  const { irVersion, opsets, producer, graph, metadata, functions = [], rest = [] } = model;
  writer.int(1, irVersion).text(2, producer);
  yield* writer.longMessage(7, (inner) => writeGraph(inner, graph, options));
  for (const [domain, version] of sorted(opsets)) writer.message(8, (pair) => pair.text(1, domain).int(2, version));
  for (const [key, value] of sorted(metadata)) writer.message(14, (pair) => pair.text(1, key).text(2, value));
  for (const definition of functions) writer.message(25, (inner) => writeFunction(inner, definition, options));
  for (const field of rest) writer.raw(field);
  if (writer.length > largestModel) throw tooLarge("Model", writer.length);
  return yield* writer.finishInSlices(allocate(writer.length));
}

function writeFunction(writer: MessageWriter, definition: ModelFunction, options: WriteOptions): void {
  const source = sourceOf(definition);
  if (source && (options.external === "keep" || !source.isExternal)) {
    writer.raw(source.bytes);
    return;
  }
  const { name, domain, overload, inputs, outputs, attributes, defaults, nodes, opsets, rest = [] } = definition;
  writer.text(1, name);
  for (const input of inputs) writer.text(4, input, { isItem: true });
  for (const output of outputs) writer.text(5, output, { isItem: true });
  for (const attribute of attributes) writer.text(6, attribute, { isItem: true });
  for (const node of nodes) writer.message(7, (inner) => writeNode(inner, node, options));
  for (const [key, version] of sorted(opsets)) writer.message(9, (pair) => pair.text(1, key).int(2, version));
  writer.text(10, domain);
  for (const [key, value] of sorted(defaults))
    writer.message(11, (inner) => writeAttribute(inner, key, value, options));
  writer.text(13, overload);
  for (const field of rest) writer.raw(field);
}
