import type { Model } from "../model.ts";
import { concreteDims, type DimOptions } from "./concrete-dims.ts";
import { hoistConstants } from "./hoist-constants.ts";

export type ImportOptions = DimOptions;

/** Brings a model from anywhere to the form that graphs are built in. */
export function prepareModel(model: Model, options: ImportOptions = {}): Model {
  return { ...model, graph: concreteDims(hoistConstants(model.graph), options) };
}
