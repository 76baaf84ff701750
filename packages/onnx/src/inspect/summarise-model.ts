import { sizeOf } from "@athanor/core";
import { bodiesOf } from "../graph/free-names.ts";
import type { Graph, Model, Node, ValueInfo } from "../model.ts";
import { registry } from "../registry.ts";
import { isFloat } from "../shapes.ts";

/** How often a model uses an operator, and what is known of it. */
export interface OperatorCount {
  readonly op: string;
  readonly domain: string;
  readonly count: number;
  readonly hasRules: boolean;
  readonly hasGradient: boolean;
}

/** What a model is made of, as plain data. */
export interface ModelSummary {
  readonly name: string;
  readonly producer: string;
  readonly irVersion: number;
  readonly opsets: Readonly<Record<string, number>>;
  /** What a run has to be given; weights that may be overridden are not among them. */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly nodes: number;
  /** With those in the bodies of control flow, the most frequent first. */
  readonly operators: readonly OperatorCount[];
  readonly weights: number;
  /** Elements of the floating-point weights. */
  readonly parameters: number;
  readonly weightBytes: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a model is made of. */
export function summariseModel({ graph, ...model }: Model): ModelSummary {
  const nodes = allNodes(graph);
  const weights = allGraphs(graph).flatMap(({ initializers }) => [...initializers.values()]);
  return {
    name: graph.name,
    producer: model.producer,
    irVersion: model.irVersion,
    opsets: model.opsets,
    inputs: graph.inputs.filter(({ name }) => !graph.initializers.has(name)),
    outputs: graph.outputs,
    nodes: nodes.length,
    operators: countOperators(nodes),
    weights: weights.length,
    parameters: weights.reduce((sum, { dtype, shape }) => sum + (isFloat(dtype) ? sizeOf(shape) : 0), 0),
    weightBytes: weights.reduce((sum, stored) => sum + ("bytes" in stored ? stored.bytes.byteLength : 0), 0),
    metadata: model.metadata,
  };
}

const allGraphs = (graph: Graph): readonly Graph[] => [
  graph,
  ...graph.nodes.flatMap((node) => bodiesOf(node).flatMap(allGraphs)),
];
const allNodes = (graph: Graph): readonly Node[] => allGraphs(graph).flatMap(({ nodes }) => nodes);

function countOperators(nodes: readonly Node[]): readonly OperatorCount[] {
  const counts = new Map<string, OperatorCount>();
  for (const { op, domain } of nodes) {
    const key = `${domain}:${op}`;
    const definition = registry.get(key);
    const hasGradient = definition?.gradient !== undefined || definition?.decompose !== undefined;
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { op, domain, count, hasRules: definition !== undefined, hasGradient });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.op < b.op ? -1 : 1));
}
