import type { Layer } from "../define-layer.ts";
import { linear, relu } from "../layers/index.ts";
import type { Network } from "../network.ts";
import { sequential } from "../sequential.ts";

/** Linear layers with ReLU between them: `[batch, features] → [batch, outputs]`. */
export function mlp({
  features,
  hidden,
  outputs,
}: {
  readonly features: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
}): Network {
  const layers: Layer[] = hidden.flatMap((outFeatures) => [linear({ outFeatures }), relu({})]);
  return sequential([...layers, linear({ outFeatures: outputs })], {
    name: "mlp",
    input: { dtype: "float32", shape: [features] },
  });
}
