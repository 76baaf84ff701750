import { constantValue } from "../evaluate/constant-value.ts";
import { bodiesOf } from "../graph/free-names.ts";
import type { Attribute, Graph, Node } from "../model.ts";
import { isFloat } from "../shapes.ts";
import { type StoredTensor, storeTensor } from "../stored-tensor.ts";

/**
 * Moves the floating-point weights that branches and loop bodies store to the graph around them all, where they are trained
 * like any other. One whose name stands for several values stays, since it could not be told apart.
 */
export function hoistWeights(graph: Graph): Graph {
  if (graph.nodes.every((node) => bodiesOf(node).length === 0)) return graph;
  const counts = new Map<string, number>();
  countNames(graph, counts);
  const hoisted = new Map<string, StoredTensor>();
  const take: Take = (name, stored) => {
    const isTaken = isFloat(stored.dtype) && counts.get(name) === 1;
    if (isTaken) hoisted.set(name, stored);
    return isTaken;
  };
  const nodes = graph.nodes.map((node) => withoutWeights(node, take));
  return { ...graph, nodes, initializers: new Map([...graph.initializers, ...hoisted]) };
}

/** Takes a weight out of a body, unless it has to stay. */
type Take = (name: string, stored: StoredTensor) => boolean;

function countNames({ inputs, initializers, nodes }: Graph, counts: Map<string, number>): void {
  const given = new Set([...inputs.map(({ name }) => name), ...initializers.keys()]);
  for (const name of [...given, ...nodes.flatMap(({ outputs }) => outputs)])
    counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const node of nodes) for (const body of bodiesOf(node)) countNames(body, counts);
}

function withoutWeights(node: Node, take: Take): Node {
  if (bodiesOf(node).length === 0) return node;
  const attributes = Object.entries(node.attributes).map(([name, attribute]): [string, Attribute] =>
    attribute.kind === "graph" ? [name, { ...attribute, value: stripped(attribute.value, take) }] : [name, attribute],
  );
  return { ...node, attributes: Object.fromEntries(attributes) };
}

function stripped(body: Graph, take: Take): Graph {
  const held = new Set([...body.inputs, ...body.outputs].map(({ name }) => name));
  const isTaken = (name: string, stored: StoredTensor) => !held.has(name) && take(name, stored);
  const initializers = [...body.initializers].filter(([name, stored]) => !isTaken(name, stored));
  const nodes = body.nodes.filter(({ op, domain, outputs: [name], attributes }) => {
    const value = op === "Constant" && domain === "" ? constantValue(attributes) : undefined;
    return !(name && value && isTaken(name, storeTensor(value)));
  });
  return { ...body, nodes: nodes.map((node) => withoutWeights(node, take)), initializers: new Map(initializers) };
}
