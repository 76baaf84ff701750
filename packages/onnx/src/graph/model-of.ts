import type { Model, ValueInfo } from "../model.ts";
import type { StoredTensor } from "../stored-tensor.ts";
import { type BuiltNode, operandsOf, toNode, type Value } from "./built-node.ts";
import { versionsOf } from "./versions.ts";

interface Parts {
  readonly nodes: readonly BuiltNode[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly { readonly name: string; readonly value: Value }[];
  readonly initializers: ReadonlyMap<string, StoredTensor>;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The model of built nodes, with the weights that they read. */
export function modelOf({ nodes, inputs, outputs, initializers, name, metadata }: Parts): Model {
  const used = new Set([
    ...nodes.flatMap((node) => operandsOf(node).map((input) => input?.name)),
    ...outputs.map((output) => output.name),
  ]);
  return {
    ...versionsOf(nodes),
    producer: "athanor",
    metadata,
    graph: {
      name,
      nodes: nodes.map(toNode),
      inputs,
      outputs: outputs.map(({ name: output, value: { dtype, shape } }) => ({ name: output, dtype, shape })),
      initializers: new Map([...initializers].filter(([key]) => used.has(key))),
      values: [],
    },
  };
}
