import type { Optimizer } from "@athanor/runtime";
import { matches, type NamePattern } from "../name-pattern.ts";
import { scaledRate } from "./parameter-groups.ts";

/** How fast the learning rate falls from the last layer to the first. */
export interface LayerWiseDecayOptions {
  /** What each layer's rate is, as a share of the next one's. */
  readonly decay: number;
  /** Patterns of parameter names, from the first layer to the last; what matches none has the full rate. */
  readonly layers: readonly NamePattern[];
}

/**
 * Lower rates for layers nearer to the input, which are more general, for fine-tuning.
 *
 * @see Howard and Ruder 2018, https://arxiv.org/abs/1801.06146
 */
export const layerWiseDecay = (optimizer: Optimizer, { decay, layers }: LayerWiseDecayOptions): Optimizer => ({
  ...scaledRate(optimizer, (name) => {
    const layer = layers.findIndex((names) => matches(names)(name));
    return layer < 0 ? 1 : decay ** (layers.length - 1 - layer);
  }),
  name: `layerWiseDecay(${decay}, ${layers.join(" ")}, ${optimizer.name})`,
});
