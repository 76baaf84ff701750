import type { Random } from "@athanor/core";
import { MessageWriter } from "../codec/message-writer.ts";
import { readModel } from "../codec/read-model.ts";
import { writeModel } from "../codec/write-model.ts";
import type { Attribute, Graph, Model, Node } from "../model.ts";

type ByteMutation = (bytes: Uint8Array, random: Random) => Uint8Array;
type GraphMutation = (graph: Graph, random: Random) => Graph;

const below = (random: Random, count: number): number => Math.floor(random.uniform() * count);
const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!;

const onBytes: Readonly<Record<string, ByteMutation>> = {
  truncate: (bytes, random) => bytes.slice(0, below(random, bytes.length)),
  flipBits(bytes, random) {
    const flipped = bytes.slice();
    for (let count = 1 + below(random, 8); count > 0; count--)
      flipped[below(random, flipped.length)]! ^= 1 << below(random, 8);
    return flipped;
  },
  overwrite(bytes, random) {
    const other = bytes.slice();
    const start = below(random, other.length);
    for (let i = start; i < Math.min(other.length, start + 1 + below(random, 12)); i++) other[i] = below(random, 256);
    return other;
  },
  /** Fields keep their place and get another number or wire type. */
  retag(bytes, random) {
    const other = bytes.slice();
    const at = below(random, Math.min(other.length, 64));
    other[at] = (other[at]! & ~7) | below(random, 8);
    return other;
  },
  duplicate(bytes, random) {
    const start = below(random, bytes.length);
    const part = bytes.subarray(start, start + below(random, 256));
    return new MessageWriter().raw(bytes.subarray(0, start)).raw(part).raw(bytes.subarray(start)).finish();
  },
};

const withNode = (graph: Graph, random: Random, change: (node: Node) => Node): Graph => {
  if (graph.nodes.length === 0) return graph;
  const at = below(random, graph.nodes.length);
  return { ...graph, nodes: graph.nodes.with(at, change(graph.nodes[at]!)) };
};

/** A message inside a message, many times over. */
function nested(depth: number): Uint8Array {
  let graph: Uint8Array = new Uint8Array();
  for (let level = 0; level < depth; level++) {
    const inner = graph;
    const attribute = new MessageWriter().text(1, "body").bytes(6, inner).int(20, 5).finish();
    const node = new MessageWriter().text(4, "If").bytes(5, attribute).finish();
    graph = new MessageWriter().bytes(1, node).finish();
  }
  return graph;
}

const odd = [0, -1, 1, 2 ** 31, 2 ** 53, -(2 ** 31), 7, 1e9];

const onGraph: Readonly<Record<string, GraphMutation>> = {
  cycle: (graph, random) =>
    withNode(graph, random, (node) => ({ ...node, inputs: [node.outputs[0] ?? "", ...node.inputs.slice(1)] })),
  reorder: (graph, random) => {
    const nodes = [...graph.nodes];
    for (let i = nodes.length - 1; i > 0; i--) {
      const j = below(random, i + 1);
      [nodes[i], nodes[j]] = [nodes[j]!, nodes[i]!];
    }
    return { ...graph, nodes };
  },
  missingInput: (graph, random) =>
    withNode(graph, random, (node) => ({
      ...node,
      inputs: node.inputs.map((name, i) => (i === 0 ? `no ${name}` : name)),
    })),
  dropInputs: (graph, random) =>
    withNode(graph, random, (node) => ({ ...node, inputs: node.inputs.slice(0, below(random, 3)) })),
  swapInputs: (graph, random) => withNode(graph, random, (node) => ({ ...node, inputs: node.inputs.toReversed() })),
  duplicateName: (graph, random) => {
    const names = graph.nodes.flatMap(({ outputs }) => outputs);
    return withNode(graph, random, (node) => ({ ...node, outputs: [pick(random, names), ...node.outputs.slice(1)] }));
  },
  danglingOutput: (graph) => ({ ...graph, outputs: graph.outputs.map((info) => ({ ...info, name: `${info.name}?` })) }),
  otherOperator: (graph, random) => {
    const ops = graph.nodes.map(({ op }) => op).concat("Resize", "LSTM", "If", "Loop", "Einsum", "TopK", "Nothing");
    return withNode(graph, random, (node) => ({ ...node, op: pick(random, ops) }));
  },
  otherAttribute: (graph, random) =>
    withNode(graph, random, (node) => {
      const values: readonly Attribute[] = [
        { kind: "int", value: pick(random, odd) },
        { kind: "ints", value: Array.from({ length: below(random, 6) }, () => pick(random, odd)) },
        { kind: "float", value: Number.NaN },
        { kind: "string", value: "?" },
        { kind: "graph", value: { ...graph, nodes: [] } },
      ];
      const names = Object.keys(node.attributes).concat("axis", "to", "perm", "pads", "group", "then_branch");
      return { ...node, attributes: { ...node.attributes, [pick(random, names)]: pick(random, values) } };
    }),
  hugeDims: (graph, random) => ({
    ...graph,
    inputs: graph.inputs.map((info) => ({
      ...info,
      shape: info.shape?.map(() => pick(random, [2 ** 53, 2 ** 40, 0, 1])),
    })),
  }),
  otherShapes: (graph, random) => ({
    ...graph,
    initializers: new Map(
      [...graph.initializers].map(([name, stored]) => [
        name,
        random.uniform() < 0.2 ? { ...stored, shape: [...stored.shape, 1].reverse() } : stored,
      ]),
    ),
  }),
  otherTypes: (graph, random) => ({
    ...graph,
    inputs: graph.inputs.map((info) => ({
      ...info,
      dtype: pick(random, ["int64", "string", "bool", "float64"] as const),
    })),
  }),
};

/** An initializer that no memory can hold, or whose data lies where none may be read. */
function badTensor(random: Random): Uint8Array {
  const tensor = new MessageWriter()
    .int(1, pick(random, [2n ** 63n, 2n ** 62n, 2n ** 40n]))
    .int(2, 1)
    .text(8, "huge");
  if (random.uniform() < 0.5) tensor.bytes(9, new Uint8Array(8));
  else {
    const location = pick(random, ["../../etc/passwd", "/etc/passwd", "", "a\0b", "missing.bin"]);
    tensor.int(14, 1).message(13, (entry) => entry.text(1, "location").text(2, location));
    if (random.uniform() < 0.5) tensor.message(13, (entry) => entry.text(1, "length").text(2, "99999999999999999999"));
  }
  return new MessageWriter().bytes(5, tensor.finish()).finish();
}

export const mutations: readonly string[] = [...Object.keys(onBytes), ...Object.keys(onGraph), "nesting", "badTensor"];

/** A model with one thing, or several, made wrong. */
export function mutateModel(bytes: Uint8Array, mutation: string, random: Random): Uint8Array {
  const change = onBytes[mutation];
  if (change) return change(bytes, random);
  const model: Model = readModel(bytes);
  const rest = model.graph.rest ?? [];
  if (mutation === "nesting") {
    const deep = nested(pick(random, [2, 99, 300, 1500]));
    return writeModel({ ...model, graph: { ...model.graph, rest: [...rest, deep] } });
  }
  if (mutation === "badTensor")
    return writeModel({ ...model, graph: { ...model.graph, rest: [...rest, badTensor(random)] } });
  let { graph } = model;
  for (let count = 1 + below(random, 3); count > 0; count--) graph = onGraph[mutation]!(graph, random);
  return writeModel({ ...model, graph });
}
