import { compose } from "./compose.ts";
import type { Layer } from "./define-layer.ts";
import type { InputSpec, Network } from "./network.ts";

export interface SequentialOptions {
  readonly input: InputSpec;
  readonly name?: string;
}

/**
 * A network of layers one after another on the input `x`; the i-th layer's parameters are named `i.name`.
 *
 * @throws what a layer throws when its input has the wrong shape
 */
export const sequential = (layers: readonly Layer[], { input, name = "sequential" }: SequentialOptions): Network =>
  compose({
    name,
    inputs: { x: input },
    build: ({ inputs: { x }, apply }) => layers.reduce((value, layer, i) => apply(String(i), layer, value), x!),
  });
