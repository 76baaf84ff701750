import type { Tensor } from "@athanor/core";
import { compose } from "../compose.ts";
import type { Layer } from "../define-layer.ts";
import type { Network } from "../network.ts";

/** A network of one layer, called `0`, for the input `x` and whatever the layer looks at beside it. */
export const layerNetwork = (layer: Layer, given: Readonly<Record<string, Pick<Tensor, "dtype" | "shape">>>): Network =>
  compose({
    name: layer.name,
    inputs: Object.fromEntries(
      Object.entries(given).map(([name, { dtype, shape }]) => [name, { dtype, shape: shape.slice(1) }]),
    ),
    build: ({ inputs: { x, ...extras }, apply }) => apply("0", layer, x!, extras),
  });
