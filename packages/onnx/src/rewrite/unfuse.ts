import { decompose } from "../autodiff/decompose.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import type { Graph, Model, Node } from "../model.ts";
import type { GraphView } from "./graph-view.ts";
import { renamed } from "./names-read.ts";
import { type Replacement, rewriteNodes } from "./rewrite-nodes.ts";

/** A pass that writes fused operators as what they are made of: those that `isFused` names and that have a decomposition. */
export const unfuse = (isFused: (node: Node) => boolean) =>
  function unfuse(model: Model): Model {
    return rewriteNodes(model, (node, graph) => (isFused(node) ? partsOf(node, graph, model.graph) : undefined));
  };

function partsOf(node: Node, view: GraphView, { initializers }: Graph): Replacement | undefined {
  const g = new GraphBuilder();
  g.reserve([...node.inputs, ...node.outputs]);
  const values = new Map<string, Value>();
  for (const name of node.inputs) {
    const type = view.type(name);
    if (name === "" || values.has(name)) continue;
    if (type?.shape === undefined) return undefined;
    const stored = initializers.get(name);
    values.set(name, stored ? g.initializer(name, stored) : g.input(name, type.dtype, type.shape));
  }
  const outer = new Set(values.keys());
  g.adopt(
    node,
    node.inputs.map((name) => values.get(name)),
    node.outputs,
  );
  const fused = g.nodes.at(-1)!;
  if (fused.definition.decompose === undefined) return undefined;
  const parts = decompose(g, fused).outputs;
  const wanted = node.outputs.flatMap((name, i) =>
    name !== "" && view.uses(name) > 0 ? [{ name, part: parts[i] }] : [],
  );
  if (wanted.some(({ part }) => part === undefined)) return undefined;
  const built = g.build({ outputs: Object.fromEntries(wanted.map(({ name, part }) => [`${name}/part`, part!])) });
  const names = new Map(wanted.map(({ name }) => [`${name}/part`, name]));
  const nameOf = (name: string): string => {
    if (name === "" || outer.has(name)) return name;
    if (!names.has(name)) names.set(name, view.fresh(`${node.name || node.outputs[0]}/${name}`));
    return names.get(name)!;
  };
  return {
    nodes: built.graph.nodes.map((inner) => ({
      ...renamed(inner, nameOf),
      name: view.fresh(`${node.name || node.outputs[0]}/${inner.name}`),
    })),
    initializers: new Map(
      [...built.graph.initializers].flatMap(([name, stored]) =>
        outer.has(name) ? [] : [[nameOf(name), stored] as const],
      ),
    ),
  };
}
