import { bodiesOf } from "../graph/free-names.ts";
import type { Attribute, Model, Node } from "../model.ts";
import { registry } from "../registry.ts";
import { type StoredTensor, storeTensor } from "../stored-tensor.ts";
import type { GraphView } from "./graph-view.ts";
import { isPure } from "./is-pure.ts";
import { renamed } from "./names-read.ts";
import { rewriteNodesInSlices } from "./rewrite-nodes.ts";

/** Weights up to this many bytes are compared by their content. */
const smallBytes = 4096;

/** Computes equal things once: nodes of pure operators with equal inputs and attributes, and equal small weights. */
export function commonSubexpressions(model: Model): Promise<Model> {
  const seen = new Map<string, Node>();
  return rewriteNodesInSlices(mergeWeights(model), (node, graph) => {
    const key = keyOf(node);
    if (key === undefined) return undefined;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, node);
      return undefined;
    }
    if (![...node.outputs, ...first.outputs].every((name) => graph.isOutput(name))) return { values: first.outputs };
    // Two outputs of the graph keep their names, and the second becomes a copy, which a view already is.
    return registry.get(`${node.domain}:${node.op}`)?.algebra?.isView
      ? undefined
      : { nodes: copies(first, node, graph) };
  });
}

const copies = (first: Node, { outputs }: Node, graph: GraphView): readonly Node[] =>
  outputs.map((output, i) => ({
    op: "Identity",
    domain: "",
    name: graph.fresh(`${output}_copy`),
    inputs: [first.outputs[i]!],
    outputs: [output],
    attributes: {},
  }));

/** What two nodes of pure operators have in common exactly when they compute the same; `undefined` for others. */
export function keyOf(node: Node): string | undefined {
  if (!isPure(node) || bodiesOf(node).length > 0) return undefined;
  const isCommutative = registry.get(`${node.domain}:${node.op}`)?.algebra?.isCommutative;
  const attributes = Object.entries(node.attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, attribute]) => [name, attribute.kind, printed(attribute)]);
  const inputs = isCommutative ? node.inputs.toSorted() : node.inputs;
  return JSON.stringify([node.domain, node.op, inputs, node.outputs.map((name) => name !== ""), attributes]);
}

function printed({ kind, value }: Attribute): unknown {
  if (kind === "tensor") return contentOf(storeTensor(value));
  if (kind === "opaque") return Array.from(value);
  return JSON.parse(JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? Number(inner) : inner)));
}

/** Latin 1 gives each byte a character of its own. */
const asText = (bytes: Uint8Array): string => latin1.decode(bytes);
const latin1 = new TextDecoder("latin1");

const contentOf = (stored: StoredTensor): string =>
  `${stored.dtype}[${stored.shape.join(",")}]${"texts" in stored ? JSON.stringify(stored.texts) : asText(stored.bytes)}`;

function mergeWeights(model: Model): Model {
  const { graph } = model;
  const held = new Set([...graph.inputs, ...graph.outputs].map(({ name }) => name));
  const first = new Map<string, string>();
  const names = new Map<string, string>();
  for (const [name, stored] of graph.initializers) {
    if (held.has(name) || ("bytes" in stored ? stored.bytes.byteLength : stored.texts.length * 16) > smallBytes)
      continue;
    const content = contentOf(stored);
    const known = first.get(content);
    if (known === undefined) first.set(content, name);
    else names.set(name, known);
  }
  if (names.size === 0) return model;
  const nodes = graph.nodes.map((node) => renamed(node, (name) => names.get(name) ?? name));
  const initializers = new Map([...graph.initializers].filter(([name]) => !names.has(name)));
  return { ...model, graph: { ...graph, nodes, initializers } };
}
