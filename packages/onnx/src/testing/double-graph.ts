import { attributeValues } from "../attributes.ts";
import { findDefinition } from "../graph/find-definition.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import type { Model } from "../model.ts";
import { averagesByGather, convByGather, convTransposeByGather } from "./conv-by-gather.ts";
import { graphInDouble } from "./in-double.ts";
import { lstmByStep } from "./lstm-by-step.ts";

/** A model of known lengths in double precision, with what the runtime has no double kernel for made of what it has. */
export function doubleGraph(model: Model): Model {
  const graph = graphInDouble(model.graph);
  const g = new GraphBuilder();
  // What is made here takes no name that the model has further on.
  for (const { name, outputs } of graph.nodes) for (const taken of [name, ...outputs]) g.fresh(taken);
  for (const { name, dtype, shape } of graph.inputs) g.input(name, dtype, shape!);
  for (const [name, stored] of graph.initializers) g.initializer(name, stored);
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => (name === "" ? undefined : g.value(name)));
    const rule = node.domain === "" ? rules[node.op] : undefined;
    if (rule === undefined) {
      g.adopt(node, inputs, node.outputs);
      continue;
    }
    const values = attributeValues(findDefinition(node.op, ""), node.attributes);
    const made = rule(g, inputs, values);
    for (const [i, output] of node.outputs.entries()) {
      const same = { ...node, op: "Identity", name: g.fresh(node.name), attributes: {} };
      if (output !== "") g.adopt(same, [made[i]], [output]);
    }
  }
  for (const { name } of graph.outputs) g.output(name, g.value(name));
  return g.build();
}

type Rule = (
  g: GraphBuilder,
  inputs: readonly (Value | undefined)[],
  attributes: never,
) => readonly (Value | undefined)[];

interface Bent {
  readonly alpha: number;
  readonly beta: number;
}

const spatial = ({ shape }: Value): readonly number[] => [...shape.keys()].slice(2);
const clipped = (g: GraphBuilder, x: Value): Value => g.min(g.max(x, 0), 1);

const rules: Readonly<Record<string, Rule>> = {
  AveragePool: averagesByGather,
  Conv: convByGather,
  ConvTranspose: convTransposeByGather,
  GlobalAveragePool: (g, [x]) => [g.reduceMean(x!, spatial(x!), true)],
  GlobalMaxPool: (g, [x]) => [g.reduceMax(x!, spatial(x!), true)],
  HardSigmoid: (g, [x], { alpha, beta }: Bent) => [clipped(g, g.add(g.mul(x!, alpha), beta))],
  HardSwish: (g, [x]) => [g.mul(x!, clipped(g, g.add(g.div(x!, 6), 0.5)))],
  LeakyRelu: (g, [x], { alpha }: Bent) => [g.max(x!, g.mul(x!, alpha))],
  LSTM: lstmByStep,
  Resize: (g, inputs, attributes) =>
    findDefinition("Resize", "").decompose!({
      g,
      inputs,
      outputs: [],
      attributes,
      constant: (input) => g.constantOf(inputs[input]),
    }),
};
