import type { Random } from "@athanor/core";
import { MessageWriter } from "../codec/message-writer.ts";
import { readModel } from "../codec/read-model.ts";
import { writeModel } from "../codec/write-model.ts";
import type { Attribute, Graph, Model, ModelFunction, Node } from "../model.ts";

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
  /** Every attribute of a node under a value of another kind. */
  otherKinds: (graph, random) =>
    withNode(graph, random, (node) => ({
      ...node,
      attributes: Object.fromEntries(
        Object.keys(node.attributes).map((name) => [
          name,
          pick<Attribute>(random, [
            { kind: "strings", value: ["a", ""] },
            { kind: "floats", value: [Number.NaN, -1] },
            { kind: "ints", value: [] },
            { kind: "int", value: 2 ** 53 },
            { kind: "reference", value: name, type: 2 },
          ]),
        ]),
      ),
    })),
  /** Lists that stand for more elements than memory holds, or for as many as take long to walk. */
  hugeLists: (graph, random) =>
    withNode(graph, random, (node) => {
      const length = pick(random, [1000, 10_000]);
      const value = Array.from({ length }, () => pick(random, [1, 2 ** 31 - 1, -1]));
      const names = Object.keys(node.attributes).concat("pads", "axes", "kernel_shape", "perm");
      return { ...node, attributes: { ...node.attributes, [pick(random, names)]: { kind: "ints", value } } };
    }),
  /** Bodies that define the names of the graph around them, or are the graph itself. */
  shadowedNames: (graph, random) =>
    withNode(graph, random, (node) => {
      const inner = random.uniform() < 0.5 ? graph : { ...graph, inputs: [], initializers: new Map() };
      const body: Attribute = { kind: "graph", value: inner };
      return {
        ...node,
        op: pick(random, ["If", "Loop", "Scan"]),
        attributes: { then_branch: body, else_branch: body, body, num_scan_inputs: { kind: "int", value: 1 } },
      };
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

/** Functions that call one another in a circle, one at a time or twice, and a node that calls the first. */
function circle(model: Model, random: Random): Model {
  const count = 1 + below(random, 4);
  const call = (k: number, from: string, to: string): Node => ({
    op: `F${k % count}`,
    domain: "own",
    name: "",
    inputs: [from],
    outputs: [to],
    attributes: {},
  });
  const isOpen = random.uniform() < 0.5;
  const functions = Array.from({ length: count }, (_, k) =>
    ownFunction(
      `F${k}`,
      isOpen && k === count - 1
        ? [{ ...call(0, "x", "y"), op: "Identity", domain: "" }]
        : [call(k + 1, "x", "h"), call(k + 1, "h", "y")],
    ),
  );
  const first = model.graph.nodes[0]?.outputs[0] ?? model.graph.inputs[0]?.name ?? "x";
  const nodes = [...model.graph.nodes, call(0, first, "called")];
  const outputs = [...model.graph.outputs, { name: "called", dtype: "float32", shape: undefined } as const];
  return { ...model, functions, opsets: { ...model.opsets, own: 1 }, graph: { ...model.graph, nodes, outputs } };
}

/** A function of a domain of its own, from x to y. */
const ownFunction = (name: string, nodes: readonly Node[]): ModelFunction => ({
  name,
  domain: "own",
  overload: "",
  inputs: ["x"],
  outputs: ["y"],
  attributes: [],
  defaults: {},
  nodes,
  opsets: { "": 21, own: 1 },
});

/** Many functions, each of which calls the next twice: short to write, and too long to write out. */
function doubling(model: Model, depth: number): Model {
  const call = (k: number, from: string, to: string): Node => ({
    op: k === depth ? "Neg" : `D${k}`,
    domain: k === depth ? "" : "own",
    name: "",
    inputs: [from],
    outputs: [to],
    attributes: {},
  });
  const functions = Array.from({ length: depth }, (_, k) =>
    ownFunction(`D${k}`, [call(k + 1, "x", "h"), call(k + 1, "h", "y")]),
  );
  const first = model.graph.inputs[0]?.name ?? "x";
  const outputs = [{ name: "called", dtype: "float32", shape: undefined } as const];
  const graph = { ...model.graph, nodes: [...model.graph.nodes, call(0, first, "called")], outputs };
  return { ...model, functions, opsets: { ...model.opsets, own: 1 }, graph };
}

const onModel: Readonly<Record<string, (model: Model, random: Random) => Model>> = {
  circle,
  doubling: (model, random) => doubling(model, pick(random, [3, 8, 300])),
};

export const mutations: readonly string[] = [
  ...Object.keys(onBytes),
  ...Object.keys(onGraph),
  ...Object.keys(onModel),
  "nesting",
  "badTensor",
];

/** A model with one thing, or several, made wrong. */
export function mutateModel(bytes: Uint8Array, mutation: string, random: Random): Uint8Array {
  const change = onBytes[mutation];
  if (change) return change(bytes, random);
  const model: Model = readModel(bytes);
  const wide = onModel[mutation];
  if (wide) return writeModel(wide(model, random));
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
