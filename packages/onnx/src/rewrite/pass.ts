import type { Model } from "../model.ts";

/**
 * A change of a graph that keeps what its outputs compute; it returns the very same model where it finds nothing to do.
 *
 * Passes read operators as the working version of the standard writes them; `rewrite` brings a model there first.
 */
export type Pass = (model: Model) => Model | Promise<Model>;
