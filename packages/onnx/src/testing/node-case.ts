import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tensor } from "@athanor/core";
import { ReadContext } from "../codec/read-context.ts";
import { readModel } from "../codec/read-model.ts";
import { readTensor } from "../codec/tensor-codec.ts";
import type { Model } from "../model.ts";
import { loadTensor } from "../stored-tensor.ts";

/** A case of ONNX's backend tests: a model with inputs and the outputs that the standard's reference computed. */
export interface NodeCase {
  readonly name: string;
  readonly model: Model;
  /** By name; inputs left out of the recorded data are absent. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: readonly Tensor[];
}

/** @throws for what this version does not hold, such as sequences and maps */
export function readNodeCase(folder: string, name: string): NodeCase {
  const model = readModel(readFileSync(join(folder, name, "model.onnx")));
  const recorded = (kind: string, k: number): Tensor | undefined => {
    const file = join(folder, name, "test_data_set_0", `${kind}_${k}.pb`);
    return existsSync(file) ? loadTensor(readTensor(readFileSync(file), new ReadContext()).tensor) : undefined;
  };
  const inputs = model.graph.inputs.flatMap((input, k) => {
    const tensor = recorded("input", k);
    return tensor === undefined ? [] : [[input.name, tensor] as const];
  });
  const outputs = model.graph.outputs.flatMap((_, k) => recorded("output", k) ?? []);
  return { name, model, inputs: Object.fromEntries(inputs), outputs };
}

/** Names of the cases in a folder. */
export const nodeCases = (folder: string): readonly string[] =>
  globSync("*/model.onnx", { cwd: folder })
    .map((path) => path.split(/[\\/]/)[0]!)
    .sort();
