import type { Layer } from "../define-layer.ts";
import { batchNorm, conv2d, dropout, globalAveragePool, linear, maxPool2d, relu } from "../layers/index.ts";
import type { Network } from "../network.ts";
import { sequential } from "../sequential.ts";

export interface SmallConvNetOptions {
  readonly classes: number;
  readonly input: readonly [channels: number, height: number, width: number];
  /** Maps of each stage; the side is halved after each. */
  readonly stages?: readonly number[];
  readonly dropoutRate?: number;
}

/** Stages of convolution, normalisation and pooling, then the mean of each map: `[batch, channels, height, width] → [batch, classes]`. */
export function smallConvNet({
  classes,
  input,
  stages = [16, 32, 64],
  dropoutRate = 0.2,
}: SmallConvNetOptions): Network {
  const stage = (channels: number): readonly Layer[] => [
    conv2d({ channels, padding: 1, bias: false }),
    batchNorm({}),
    relu({}),
    maxPool2d({}),
  ];
  return sequential(
    [...stages.flatMap(stage), globalAveragePool({}), dropout({ rate: dropoutRate }), linear({ outFeatures: classes })],
    {
      name: "smallConvNet",
      input: { dtype: "float32", shape: input },
    },
  );
}
