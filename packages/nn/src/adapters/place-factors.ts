import { float32 } from "@athanor/core";
import { type Model, rewriteNodes, storeTensor } from "@athanor/onnx";
import { layerEnds } from "./layer-ends.ts";
import { linearPlace } from "./linear-place.ts";
import { type PlacedFactors, placedFactors, withPlacedFactors } from "./placed-factors.ts";

/** Puts factors, ones at first, at the inputs or the outputs of the layers for which a side is given. */
export function placeFactors(
  model: Model,
  sideOf: (module: string) => PlacedFactors["side"] | undefined,
): { readonly model: Model; readonly placed: readonly PlacedFactors[] } {
  const placed: PlacedFactors[] = [];
  const endOf = layerEnds(model);
  const adapted = rewriteNodes(model, (node, graph) => {
    const [start, end] = [linearPlace(node, graph), endOf(node, graph)];
    const isInput = start !== undefined && start.kind !== "conv" && sideOf(start.module) === "input";
    const isOutput = end !== undefined && end.kind !== "conv" && sideOf(end.module) === "output";
    if (!isOutput && !isInput) return undefined;
    const place = (isInput ? start : end)!;
    const fresh = (part: string) => graph.fresh(`${place.module}.${part}`);
    const [factors, inner] = [fresh("ia3"), fresh(isInput ? "scaled" : "frozen")];
    placed.push({ module: place.module, side: isInput ? "input" : "output", factors });
    const scale = (x: string, y: string) => ({
      op: "Mul",
      domain: "",
      name: fresh("Mul"),
      inputs: [x, factors],
      outputs: [y],
      attributes: {},
    });
    const ones = new Float32Array(isInput ? place.inFeatures : place.outFeatures).fill(1);
    const initializers = new Map([[factors, storeTensor(float32(ones))]]);
    return isInput
      ? { nodes: [scale(place.x, inner), { ...node, inputs: [inner, ...node.inputs.slice(1)] }], initializers }
      : { nodes: [{ ...node, outputs: [inner] }, scale(inner, node.outputs[0]!)], initializers };
  });
  return { model: withPlacedFactors(adapted, [...placedFactors(model), ...placed]), placed };
}
