import { AthanorError, nearestName, type Tensor } from "@athanor/core";
import type { Attribute, Graph, Model, Node } from "../model.ts";
import { showShape } from "../shapes.ts";
import { type StoredTensor, storeTensor, withRest } from "../stored-tensor.ts";
import { denseWeights } from "./dense-weights.ts";

/**
 * A model with other values in its weights; all else stays as it came, symbolic lengths and version included; sparse weights
 * become dense where one of them changes.
 *
 * @param weights new values under the names that `trainable` reports, whether stored as initializers or Constant nodes
 * @throws `onnx/unknown-value` for a name that stands for no weight or for several, `onnx/shape` for another shape or type
 */
export function withWeights(model: Model, weights: Readonly<Record<string, Tensor>>): Model {
  const places = new Map<string, number>();
  const given = new Map(Object.entries(weights));
  const dense = denseWeights(model.graph);
  const isSparse = [...dense.initializers.keys()].some(
    (name) => given.has(name) && !model.graph.initializers.has(name),
  );
  const isConstant = dense.nodes.some((node, i) => node !== model.graph.nodes[i] && given.has(node.outputs[0] ?? ""));
  const graph = replaced(isSparse || isConstant ? dense : model.graph, given, places);
  for (const name of Object.keys(weights)) {
    const count = places.get(name) ?? 0;
    if (count === 1) continue;
    const near = nearestName(name, [...model.graph.initializers.keys()]);
    throw new AthanorError(
      "onnx/unknown-value",
      `Model: expected the name of one weight, got ${name}, which stands for ${count === 0 ? "none" : count}`,
      { ...(near && count === 0 ? { fix: `Write ${near}.` } : {}), details: { name, count } },
    );
  }
  return { ...model, graph };
}

function replaced(graph: Graph, weights: ReadonlyMap<string, Tensor>, places: Map<string, number>): Graph {
  const found = (name: string, old: StoredTensor | Tensor): Tensor | undefined => {
    const weight = weights.get(name);
    if (weight === undefined) return undefined;
    places.set(name, (places.get(name) ?? 0) + 1);
    if (weight.dtype === old.dtype && showShape(weight.shape) === showShape(old.shape)) return weight;
    throw new AthanorError(
      "onnx/shape",
      `Model: expected ${name} to be ${old.dtype} of shape ${showShape(old.shape)}, got ${weight.dtype} of shape ${showShape(weight.shape)}`,
      { details: { name, expected: old.shape, got: weight.shape } },
    );
  };
  const initializers = [...graph.initializers].map(([name, old]): [string, StoredTensor] => {
    const weight = found(name, old);
    return [name, weight ? withRest(storeTensor(weight), old.rest) : old];
  });
  const attribute = (node: Node, given: Attribute): Attribute => {
    if (given.kind === "graph") return changed(given, replaced(given.value, weights, places));
    if (given.kind !== "tensor" || node.op !== "Constant") return given;
    return changed(given, found(node.outputs[0]!, given.value) ?? given.value);
  };
  const nodes = graph.nodes.map((node) => {
    const entries = Object.entries(node.attributes).map(
      ([name, given]) => [name, given, attribute(node, given)] as const,
    );
    if (entries.every(([, given, made]) => given === made)) return node;
    return { ...node, attributes: Object.fromEntries(entries.map(([name, , made]) => [name, made])) };
  });
  return { ...graph, nodes, initializers: new Map(initializers) };
}

const changed = <A extends Attribute>(given: A, value: A["value"]): A =>
  value === given.value ? given : { ...given, value };
