import { atOnce, type Slices } from "@athanor/core";
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
export const prepareModel = (model: Model, options: ImportOptions = {}): Model => atOnce(prepareSlices(model, options));

/** The same, bit by bit. */
export function* prepareSlices(model: Model, options: ImportOptions = {}): Slices<Model> {
  const converted = convertOpset(model);
  yield;
  const plain = inlineFunctions(converted);
  yield;
  const graph = hoistWeights(denseWeights(plain.graph));
  yield;
  return { ...plain, graph: concreteDims({ ...graph, nodes: yield* sortedNodes(graph) }, options) };
}
