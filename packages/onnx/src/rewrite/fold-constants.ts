import { bytesPerElement, sizeOf, type Tensor } from "@athanor/core";
import { isRare } from "../element-types.ts";
import type { Model, Node } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { deadCode } from "./dead-code.ts";
import { viewGraph } from "./graph-view.ts";
import { isPure } from "./is-pure.ts";
import { namesRead } from "./names-read.ts";
import type { Pass } from "./pass.ts";

/** Runs a model without inputs and returns its outputs by name; `@athanor/runtime` supplies one that uses a session. */
export type Evaluate = (model: Model) => Promise<Readonly<Record<string, Tensor>>>;

/** Limits of constant folding. */
export interface FoldOptions {
  /** A result larger than this, and than what it is made of, stays a node: a file of zeros is no gain. */
  readonly limitBytes?: number;
}

/** A pass that computes once what no run can change, and stores it as weights. */
export function foldConstants(evaluate: Evaluate, { limitBytes = 1 << 16 }: FoldOptions = {}): Pass {
  return async function foldConstants(model) {
    const { graph } = model;
    const { view } = viewGraph(graph);
    const inputs = new Set(graph.inputs.map(({ name }) => name));
    const known = new Set([...graph.initializers.keys()].filter((name) => !inputs.has(name)));
    const folded: Node[] = [];
    for (const node of graph.nodes) {
      const isFoldable = isPure(node) && namesRead(node).every((name) => known.has(name));
      if (!isFoldable) continue;
      const bytes = (name: string): number => {
        const type = view.type(name);
        if (type?.shape === undefined || type.shape.some((length) => typeof length === "string")) return Infinity;
        if (isRare(type.dtype)) return Infinity;
        return sizeOf(type.shape as readonly number[]) * bytesPerElement(type.dtype);
      };
      const total = (names: readonly string[]) => names.reduce((sum, name) => sum + (name === "" ? 0 : bytes(name)), 0);
      if (total(node.outputs) > Math.max(limitBytes, total(namesRead(node)))) continue;
      folded.push(node);
      for (const name of node.outputs) known.add(name);
    }
    if (folded.length === 0) return model;

    const removed = new Set(folded);
    const rest = graph.nodes.filter((node) => !removed.has(node));
    const needed = new Set([...rest.flatMap(namesRead), ...graph.outputs.map(({ name }) => name)]);
    const wanted = folded.flatMap(({ outputs }) => outputs.filter((name) => needed.has(name)));
    if (wanted.length === 0) return deadCode(model);
    const outputs = wanted.map((name) => ({ name, ...view.type(name)! }));
    const results = await evaluate(deadCode({ ...model, graph: { ...graph, inputs: [], outputs, nodes: folded } }));
    const initializers = new Map(graph.initializers);
    for (const name of wanted) initializers.set(name, storeTensor(results[name]!));
    return deadCode({ ...model, graph: { ...graph, nodes: rest, initializers } });
  };
}
