import type { Model } from "@athanor/onnx";
import { weightRoles } from "../adapters/weight-roles.ts";

/** Tells whether a weight belongs to the last layers of a model: nodes that read a weight to train, in their order. */
export function lastLayers({ graph, ...model }: Model, count: number): (weight: string) => boolean {
  const roles = weightRoles({ ...model, graph });
  const layers = graph.nodes
    .map(({ inputs }) => inputs.filter((name) => roles.has(name)))
    // A bias that is added by a node of its own belongs to the layer before.
    .reduce<string[][]>((found, weights) => {
      const isBias = weights.length > 0 && weights.every((name) => roles.get(name) === "bias");
      if (isBias && found.length > 0) found.at(-1)!.push(...weights);
      else if (weights.length > 0) found.push([...weights]);
      return found;
    }, []);
  const kept = new Set(count === 0 ? [] : layers.slice(-count).flat());
  return (weight) => kept.has(weight);
}
