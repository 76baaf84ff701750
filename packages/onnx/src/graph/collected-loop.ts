import { intOf } from "../evaluate/rule.ts";
import type { Graph, Node } from "../model.ts";
import { bodiesOf, freeNames } from "./free-names.ts";
import type { GraphBuilder, Value } from "./graph-builder.ts";
import { namedOperand } from "./named-operand.ts";
import type { Operand, OperandNode } from "./sequence.ts";

/**
 * A loop that appends to a state in each iteration, as one that collects what is appended: unlike a state that grows, that can be
 * walked back through; `undefined` for any other node.
 */
export function collectedLoop({ g, node, inputs, names }: OperandNode): readonly Operand[] | undefined {
  const body = node.attributes.body;
  if (node.op !== "Loop" || node.domain !== "" || body?.kind !== "graph") return undefined;
  const [trips, condition, ...states] = inputs as readonly (Value | undefined)[];
  const grown = states.map((_, i) => appendedTo(body.value, i));
  if (grown.every((appended) => appended === undefined)) return undefined;

  const isKept = (_: unknown, i: number) => grown[i] === undefined;
  const outputs = body.value.outputs.slice(1);
  const collecting: Graph = {
    ...body.value,
    inputs: [...body.value.inputs.slice(0, 2), ...body.value.inputs.slice(2).filter(isKept)],
    nodes: body.value.nodes.filter((it) => !grown.some((appended) => appended?.nodes.includes(it))),
    outputs: [
      body.value.outputs[0]!,
      ...outputs.filter((_, i) => i >= states.length || isKept(_, i)),
      ...grown.flatMap((appended, i) => (appended ? [{ ...outputs[i]!, name: appended.row, shape: undefined }] : [])),
    ],
  };
  const results = g
    .adopt(
      {
        ...node,
        name: g.fresh(node.name || node.op),
        attributes: { ...node.attributes, body: { kind: "graph", value: collecting } },
      },
      [trips, condition, ...states.filter(isKept)],
      collecting.outputs.slice(1).map(({ name }) => g.fresh(name)),
    )
    .values();
  const others = outputs.map((_, i) => (grown[i] === undefined ? results.next().value! : undefined));
  const whole = outputs.map((_, i) => others[i] ?? appendedRows(g, states[i]!, results.next().value!, grown[i]!.axis));
  if (whole.includes(undefined)) return undefined;
  return whole.map((value, i) => namedOperand(g, value!, names[i] ?? ""));
}

interface Appended {
  /** The node that appends, and those that hand its state to it and its result on. */
  readonly nodes: readonly Node[];
  readonly row: string;
  readonly axis: number;
}

/** What a body puts behind a state that it does nothing else with. */
function appendedTo({ inputs, outputs, nodes }: Graph, state: number): Appended | undefined {
  const before = inputs[state + 2]!.name;
  const after = handedOn(nodes, outputs[state + 1]!.name);
  const node = nodes.find((it) => it.outputs[0] === after.name);
  if (node?.op !== "Concat" || node.inputs.length !== 2) return undefined;
  const given = handedOn(nodes, node.inputs[0]!);
  const chain = [...given.by, node, ...after.by];
  const own = [before, ...chain.flatMap((it) => it.outputs)];
  const others = nodes.filter((it) => !chain.includes(it));
  const isRead = (name: string) =>
    others.some((it) => it.inputs.includes(name) || bodiesOf(it).some((inner) => freeNames(inner).has(name))) ||
    outputs.some((output, i) => output.name === name && i !== state + 1);
  const row = node.inputs[1]!;
  if (given.name !== before || own.includes(row) || own.some(isRead)) return undefined;
  return { nodes: chain, row, axis: intOf(node.attributes, "axis", 0) };
}

/** What a name is another one for, through nodes that change nothing: a state keeps its type, so that a Cast of it does not. */
function handedOn(nodes: readonly Node[], name: string): { readonly name: string; readonly by: readonly Node[] } {
  const node = nodes.find((it) => it.outputs[0] === name);
  if (node?.op !== "Identity" && node?.op !== "Cast") return { name, by: [] };
  const source = handedOn(nodes, node.inputs[0]!);
  return { name: source.name, by: [...source.by, node] };
}

/** Rows behind what was there, of a stack with one an iteration; `undefined` where their shape is too open to say. */
function appendedRows(g: GraphBuilder, first: Value, stack: Value, given: number): Value | undefined {
  const axis = given < 0 ? given + first.shape.length : given;
  // What is appended is as long as what was there along all other axes.
  const lengths = first.shape.map((length, i) => (typeof length === "number" ? length : stack.shape[i + 1]!));
  if (lengths.some((length, i) => i !== axis && typeof length !== "number")) return undefined;
  const axes = lengths.map((_, i) => i + 1);
  const beside = axis === 0 ? stack : g.transpose(stack, axes.toSpliced(axis, 0, 0));
  return g.concat([first, g.reshape(beside, lengths.with(axis, -1))], axis);
}
