import { constantTensor, tensorOfNumbers } from "../constant-tensor.ts";
import type { Graph, Node } from "../model.ts";
import { dynamicSequence } from "./dynamic-sequence.ts";
import type { GraphBuilder, Value } from "./graph-builder.ts";
import { namedOperand } from "./named-operand.ts";
import { isSequence, type Operand, type OperandNode } from "./sequence.ts";
import { stacked } from "./stacked.ts";

const most = 4096;

/** A loop that carries a sequence, iteration by iteration; `undefined` for any other node. */
export function unrolledLoop({ g, node, inputs, names, inline }: OperandNode): readonly Operand[] | undefined {
  const body = node.attributes.body;
  if (node.op !== "Loop" || body?.kind !== "graph" || !inputs.some(isSequence)) return undefined;
  const { trips, goesOn } = boundsOf(g, node, inputs);
  let states = inputs.slice(2) as readonly Operand[];
  const rows = body.value.outputs.slice(1 + states.length).map((): Value[] => []);
  for (let trip = 0, going = goesOn; going && trip < trips; trip++) {
    if (trip === most) throw dynamicSequence(node, `a loop of at most ${most} iterations`);
    const [next, ...results] = inline(body.value, [...control(g, body.value, trip), ...states]);
    states = results.slice(0, states.length);
    for (const [i, row] of results.slice(states.length).entries()) rows[i]!.push(row as Value);
    going = truthOf(g, node, next);
  }
  const collected = rows.map((parts) => stacked(g, parts, 0));
  return [...states, ...collected].map((operand, i) => namedOperand(g, operand, names[i] ?? ""));
}

function boundsOf(g: GraphBuilder, node: Node, [trips, condition]: readonly (Operand | undefined)[]) {
  const count = trips && g.constantOf(trips as Value);
  if (trips && !count) throw dynamicSequence(node, "a known number of iterations around a sequence");
  return {
    trips: count ? Number(count.data[0]) : Number.POSITIVE_INFINITY,
    goesOn: condition === undefined || truthOf(g, node, condition),
  };
}

function truthOf(g: GraphBuilder, node: Node, condition: Operand | undefined): boolean {
  const known = condition && g.constantOf(condition as Value);
  if (!known) throw dynamicSequence(node, "a known condition around a sequence");
  return Boolean(known.data[0]);
}

/** The iteration's number and that it goes on, of the shapes that the body declares. */
const control = (g: GraphBuilder, { inputs: [iteration, condition] }: Graph, trip: number): readonly Value[] => [
  g.constant(tensorOfNumbers("int64", [trip], iteration?.shape?.length ? [1] : [])),
  g.constant(condition?.shape?.length ? constantTensor([1], "bool") : constantTensor(1, "bool")),
];
