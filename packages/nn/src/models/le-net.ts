import { conv2d, flatten, linear, maxPool2d, relu } from "../layers/index.ts";
import type { Network } from "../network.ts";
import { sequential } from "../sequential.ts";

/**
 * Two convolutions and three linear layers: `[batch, channels, height, width] → [batch, classes]`.
 *
 * @see LeCun et al. 1998, "Gradient-based learning applied to document recognition"
 */
export const leNet = ({
  classes,
  input,
}: {
  readonly classes: number;
  readonly input: readonly [channels: number, height: number, width: number];
}): Network =>
  sequential(
    [
      conv2d({ channels: 6, kernel: 5, padding: 2 }),
      relu({}),
      maxPool2d({}),
      conv2d({ channels: 16, kernel: 5 }),
      relu({}),
      maxPool2d({}),
      flatten({}),
      linear({ outFeatures: 120 }),
      relu({}),
      linear({ outFeatures: 84 }),
      relu({}),
      linear({ outFeatures: classes }),
    ],
    { name: "leNet", input: { dtype: "float32", shape: input } },
  );
