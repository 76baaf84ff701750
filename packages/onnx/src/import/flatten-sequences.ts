import type { Tensor } from "@athanor/core";
import { constantTensor, integersOf } from "../constant-tensor.ts";
import { int, node as nodeOf } from "../convert/node-forms.ts";
import { constantValue } from "../evaluate/constant-value.ts";
import { intOf } from "../evaluate/rule.ts";
import { freeNames } from "../graph/free-names.ts";
import type { Graph, Node } from "../model.ts";
import { loadTensor, type StoredTensor, storeTensor } from "../stored-tensor.ts";

interface Context {
  readonly node: Node;
  /** Names of the tensors in a sequence that the node reads. */
  parts(input: number): readonly string[] | undefined;
  constant(input: number): Tensor | undefined;
  /** Length of an axis of an input, where the model states it. */
  lengthOf(input: number, axis: number): number | undefined;
  store(tensor: Tensor): string;
}

/** The nodes instead, and what is in the sequence that the node gives. */
interface Flat {
  readonly nodes?: readonly Node[];
  readonly sequence?: readonly string[];
}

/** Nodes on sequences as nodes on the tensors in them; `undefined` where only a run tells which those are. */
const rules: Readonly<Record<string, (context: Context) => Flat | undefined>> = {
  SequenceEmpty: () => ({ sequence: [] }),
  SequenceConstruct: ({ node }) => ({ sequence: node.inputs }),
  SplitToSequence: splitToSequence,
  SequenceInsert(context) {
    const parts = context.parts(0);
    const at = parts && placeOf(context, 2, parts.length, parts.length);
    return at === undefined ? undefined : { sequence: parts!.toSpliced(at, 0, context.node.inputs[1]!) };
  },
  SequenceErase(context) {
    const parts = context.parts(0);
    const at = parts && placeOf(context, 1, parts.length, parts.length - 1);
    return at === undefined ? undefined : { sequence: parts!.toSpliced(at, 1) };
  },
  SequenceAt(context) {
    const parts = context.parts(0);
    const part = parts?.[placeOf(context, 1, parts.length) ?? -1];
    return part === undefined ? undefined : { nodes: [nodeOf("Identity", [part], context.node.outputs)] };
  },
  SequenceLength({ node, parts }) {
    const count = parts(0)?.length;
    if (count === undefined) return undefined;
    const value = { kind: "tensor", value: constantTensor(count, "int64") } as const;
    return { nodes: [nodeOf("Constant", [], node.outputs, { value })] };
  },
  ConcatFromSequence({ node, parts: partsOf, store }) {
    const parts = partsOf(0);
    const axis = intOf(node.attributes, "axis", 0);
    if (parts === undefined) return undefined;
    const isStacked = intOf(node.attributes, "new_axis", 0) === 1;
    const axes = isStacked ? store(constantTensor([axis], "int64")) : "";
    const names = parts.map((part, i) => (isStacked ? `${node.outputs[0]}_row${i}` : part));
    const rows = isStacked ? parts.map((part, i) => nodeOf("Unsqueeze", [part, axes], [names[i]!])) : [];
    return { nodes: [...rows, nodeOf("Concat", names, node.outputs, { axis: int(axis) })] };
  },
  Identity: ({ parts }) => (parts(0) ? { sequence: parts(0)! } : undefined),
};

/** Takes sequences of tensors apart where it is known what is in them, so that gradients flow to the tensors. */
export function flattenSequences(graph: Graph): Graph {
  if (!graph.nodes.some(({ op }) => op.includes("Sequence"))) return graph;
  const shapes = new Map([...graph.inputs, ...graph.values].map(({ name, shape }) => [name, shape]));
  const constants = new Map<string, StoredTensor>(graph.initializers);
  for (const { op, outputs, attributes } of graph.nodes) {
    const value = op === "Constant" ? constantValue(attributes) : undefined;
    if (value) constants.set(outputs[0]!, storeTensor(value));
  }
  const initializers = new Map(graph.initializers);
  const sequences = new Map<string, readonly string[]>();
  const nodes = graph.nodes.flatMap((node) => {
    const flat = rules[node.op]?.({
      node,
      parts: (input) => sequences.get(node.inputs[input] ?? ""),
      constant(input) {
        const stored = constants.get(node.inputs[input] ?? "");
        return stored && loadTensor(stored);
      },
      lengthOf(input, axis) {
        const length = shapes.get(node.inputs[input]!)?.at(axis);
        return typeof length === "number" ? length : undefined;
      },
      store(tensor) {
        const name = `${node.outputs[0]}_numbers`;
        initializers.set(name, storeTensor(tensor));
        return name;
      },
    });
    if (flat === undefined) return [node];
    if (flat.sequence) sequences.set(node.outputs[0]!, flat.sequence);
    return flat.nodes ?? [];
  });
  // What reads a sequence in another way needs it whole.
  const flattened = { ...graph, nodes, initializers };
  const read = freeNames(flattened);
  return [...sequences.keys()].some((name) => read.has(name)) ? graph : flattened;
}

/** A place in a sequence, counted from the front; `undefined` where it is not known. */
function placeOf({ node, constant }: Context, input: number, length: number, absent?: number): number | undefined {
  if (!node.inputs[input]) return absent;
  const given = constant(input);
  const at = given && integersOf(given)[0]!;
  return at !== undefined && at < 0 ? at + length : at;
}

function splitToSequence({ node, constant, lengthOf, store }: Context): Flat | undefined {
  const [x, split] = node.inputs as readonly [string, string | undefined];
  const axis = intOf(node.attributes, "axis", 0);
  const given = split ? constant(1) : constantTensor(1, "int64");
  const total = lengthOf(0, axis);
  if (given === undefined || (given.shape.length === 0 && total === undefined)) return undefined;
  const [part] = integersOf(given) as readonly [number];
  const lengths =
    given.shape.length === 1
      ? integersOf(given)
      : Array.from({ length: Math.ceil(total! / part) }, (_, i) => Math.min(part, total! - i * part));
  const sequence = lengths.map((_, i) => `${node.outputs[0]}_part${i}`);
  const dropsAxis = !split && intOf(node.attributes, "keepdims", 1) === 0;
  if (dropsAxis) {
    const axes = `${node.outputs[0]}_axes`;
    const value = { kind: "tensor", value: constantTensor([axis], "int64") } as const;
    const rows = sequence.map((name) => `${name}_row`);
    return {
      sequence,
      nodes: [
        nodeOf("Constant", [], [axes], { value }),
        nodeOf("Split", [x, store(constantTensor(lengths, "int64"))], rows, { axis: int(axis) }),
        ...rows.map((row, i) => nodeOf("Squeeze", [row, axes], [sequence[i]!])),
      ],
    };
  }
  const numbers = store(constantTensor(lengths, "int64"));
  return { sequence, nodes: [nodeOf("Split", [x, numbers], sequence, { axis: int(axis) })] };
}
