import { convertOpset } from "../convert/convert-opset.ts";
import type { Model } from "../model.ts";
import { concreteDims, type DimOptions } from "./concrete-dims.ts";
import { denseWeights } from "./dense-weights.ts";
import { hoistWeights } from "./hoist-weights.ts";
import { inlineFunctions } from "./inline-functions.ts";
import { sortedNodes } from "./sorted-nodes.ts";

/** How a model is made ready for differentiation. */
export type ImportOptions = DimOptions;

/** Brings a model from anywhere to the form that graphs are built in. */
export function prepareModel(model: Model, options: ImportOptions = {}): Model {
  const plain = inlineFunctions(convertOpset(model));
  const graph = hoistWeights(denseWeights(plain.graph));
  return { ...plain, graph: concreteDims({ ...graph, nodes: sortedNodes(graph) }, options) };
}
