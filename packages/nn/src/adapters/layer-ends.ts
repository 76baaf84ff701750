import type { GraphView, Model, Node } from "@athanor/onnx";
import { type LinearPlace, linearPlace } from "./linear-place.ts";

/** Recognises the last node of each layer: the product, or the addition of a stored bias to it. */
export function layerEnds({
  graph: { nodes, initializers },
}: Model): (node: Node, graph: GraphView) => LinearPlace | undefined {
  const isVector = (name: string) => initializers.get(name)?.shape.length === 1;
  const addend = ({ op, domain, inputs }: Node): string | undefined => {
    if (op !== "Add" || domain !== "") return undefined;
    const at = inputs.findIndex(isVector);
    return at < 0 ? undefined : inputs[1 - at];
  };
  const biased = new Set(nodes.map(addend));
  return (node, graph) => {
    const product = addend(node);
    if (product !== undefined) {
      const before = graph.uses(product) === 1 ? graph.producer(product) : undefined;
      return before && linearPlace(before, graph);
    }
    const output = node.outputs[0]!;
    return biased.has(output) && graph.uses(output) === 1 ? undefined : linearPlace(node, graph);
  };
}
