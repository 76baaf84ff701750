import type { Slices } from "@athanor/core";
import type { Model, Node, ValueInfo } from "../model.ts";
import type { StoredTensor } from "../stored-tensor.ts";
import { type BuiltNode, operandsOf, toNode, type Value } from "./built-node.ts";
import { liveSlices } from "./live-nodes.ts";
import { versionsOf } from "./versions.ts";

interface Parts {
  readonly nodes: readonly BuiltNode[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly { readonly name: string; readonly value: Value }[];
  readonly initializers: ReadonlyMap<string, StoredTensor>;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The model of built nodes: those that its outputs need, with the weights that they read. */
export function* modelOf({ nodes, inputs, outputs, initializers, name, metadata }: Parts): Slices<Model> {
  const used = new Set(outputs.map((output) => output.name));
  const live = yield* liveSlices(nodes, used);
  const written: Node[] = [];
  for (const node of live) {
    written.push(toNode(node));
    for (const operand of operandsOf(node)) if (operand) used.add(operand.name);
    yield;
  }
  const versions = yield* versionsOf(live);
  return {
    ...versions,
    producer: "athanor",
    metadata,
    graph: {
      name,
      nodes: written,
      inputs: [...inputs],
      outputs: outputs.map(({ name: output, value: { dtype, shape } }) => ({ name: output, dtype, shape })),
      initializers: new Map([...initializers].filter(([key]) => used.has(key))),
      values: [],
    },
  };
}
