import { int64 } from "@athanor/core";
import type { Node } from "../model.ts";
import { type StoredTensor, storeTensor } from "../stored-tensor.ts";
import type { GraphView } from "./graph-view.ts";
import type { Replacement } from "./rewrite-nodes.ts";

/** Writes the nodes that take another's place, named after it. */
export class NodeWriter {
  readonly #graph: GraphView;
  readonly #of: Node;
  readonly #nodes: Node[] = [];
  readonly #initializers = new Map<string, StoredTensor>();

  constructor(graph: GraphView, of: Node) {
    this.#graph = graph;
    this.#of = of;
  }

  /** Adds a node of one output, and says what that is called. */
  add(
    op: string,
    inputs: readonly string[],
    { domain = "", attributes = {}, output }: Partial<Pick<Node, "domain" | "attributes">> & { output?: string } = {},
  ): string {
    const name = this.#graph.fresh(`${this.#of.name}_${op}`);
    const own = output ?? this.#graph.fresh(`${name}_out`);
    this.#nodes.push({ op, domain, name, inputs, outputs: [own], attributes });
    return own;
  }

  initializer(label: string, tensor: StoredTensor): string {
    const name = this.#graph.fresh(`${this.#of.name}_${label}`);
    this.#initializers.set(name, tensor);
    return name;
  }

  integers(values: readonly number[]): string {
    return this.initializer("integers", storeTensor(int64(values)));
  }

  reshape(value: string, shape: readonly number[], output?: string): string {
    return this.add("Reshape", [value, this.integers(shape)], output === undefined ? {} : { output });
  }

  /** Splits a value's axes and exchanges them. */
  exchange(value: string, split: readonly number[], perm: readonly number[]): string {
    return this.add("Transpose", [this.reshape(value, split)], { attributes: { perm: { kind: "ints", value: perm } } });
  }

  get replacement(): Replacement {
    return { nodes: this.#nodes, initializers: this.#initializers };
  }
}
