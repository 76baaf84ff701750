import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tensor } from "@athanor/core";
import { MessageWriter } from "../codec/message-writer.ts";
import { readModel } from "../codec/read-model.ts";
import type { Model } from "../model.ts";
import { loadTensor, type StoredTensor } from "../stored-tensor.ts";

/** One of ONNX's own node tests: a model with its inputs stored in it, and what it should give. */
export interface NodeCase {
  readonly name: string;
  readonly model: Model;
  readonly expected: readonly Tensor[];
}

const folder = join(process.env.ATHANOR_DATA ?? "../shared/data", "onnx-node-tests");

/** Names of the cases that are there; none when the data is absent. */
export const nodeCases = (): readonly string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

export const nodeCaseModel = (name: string): Model => readModel(readFileSync(join(folder, name, "model.onnx")));

export function nodeCase(name: string): NodeCase {
  const model = nodeCaseModel(name);
  const read = (kind: string, i: number) => readTensorFile(join(folder, name, "test_data_set_0", `${kind}_${i}.pb`));
  const inputs = model.graph.inputs.map((input, i) => [input.name, read("input", i)] as const);
  const graph = { ...model.graph, inputs: [], initializers: new Map([...model.graph.initializers, ...inputs]) };
  return {
    name,
    model: { ...model, graph },
    expected: model.graph.outputs.map((_, i) => loadTensor(read("output", i))),
  };
}

/** Reads a file of one tensor as the only weight of a model. */
function readTensorFile(path: string): StoredTensor {
  const bytes = new Uint8Array(readFileSync(path));
  const model = readModel(new MessageWriter().message(7, (graph) => graph.bytes(5, bytes)).finish());
  return [...model.graph.initializers.values()][0]!;
}
