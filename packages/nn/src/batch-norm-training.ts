import type { GraphBuilder, Value } from "@athanor/onnx";

/** A batch of unit mean and variance a channel, scaled and moved, with its statistics. */
export interface NormalizedBatch {
  readonly output: Value;
  /** Of the batch, `[channels]`; the variance over n. */
  readonly mean: Value;
  readonly variance: Value;
}

/** Normalises each channel of `[batch, channels, …]` by the batch's own statistics, and returns those too. */
export function batchNormTraining(
  g: GraphBuilder,
  x: Value,
  { scale, bias, epsilon = 1e-5 }: { readonly scale: Value; readonly bias: Value; readonly epsilon?: number },
): NormalizedBatch {
  // The runtime writes statistics over the ones it is given: these are made for it, apart for each of the two.
  const overwritten = [g.mul(scale, 0), g.mul(bias, 0)];
  const [output, mean, variance] = g.ops(
    "BatchNormalization",
    [x, scale, bias, ...overwritten],
    { epsilon, momentum: 0, training_mode: 1 },
    { outputs: 3 },
  );
  return { output: output!, mean: mean!, variance: variance! };
}
