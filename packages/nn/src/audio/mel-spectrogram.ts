import { float32, integer, type OptionInput, real, required, resolveOptions } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { melBands } from "./mel-bands.ts";

/** How sounds are cut into frames, and frames into bands. */
export const spectrogramOptions = {
  rate: integer(required, "samples a second", { min: 1 }),
  window: integer(400, "samples of a frame", { min: 2 }),
  step: integer(160, "samples from frame to frame", { min: 1 }),
  bands: integer(40, "mel bands", { min: 1 }),
  lowest: real(20, "lowest frequency in hertz", { min: 0 }),
  highest: real(null, "highest frequency in hertz; half the rate when null", { min: 1 }),
};

/** What a spectrogram takes. */
export type SpectrogramOptions = OptionInput<typeof spectrogramOptions>;

/**
 * Logarithms of the energy in mel bands over time, as operators of the graph: `[batch, samples] → [batch, bands, frames]`.
 *
 * The transform of each frame is a convolution with fixed waves, so that any runtime computes it.
 */
export function melSpectrogram(g: GraphBuilder, samples: Value, input: SpectrogramOptions): Value {
  const { rate, window, step, bands, lowest, highest } = resolveOptions("melSpectrogram", spectrogramOptions, input);
  const length = Number(samples.shape[1]);
  const bins = Math.floor(window / 2) + 1;
  const waves = float32(
    Float32Array.from({ length: 2 * bins * window }, (_, i) => {
      const [row, at] = [Math.floor(i / window), i % window];
      const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / window);
      const turn = (2 * Math.PI * (row % bins) * at) / window;
      return hann * (row < bins ? Math.cos(turn) : Math.sin(turn));
    }),
    [2 * bins, 1, window],
  );
  const framed = g.op("Conv", [g.reshape(samples, [samples.shape[0]!, 1, length]), g.constant(waves)], {
    strides: [step],
  });
  const frames = Math.floor((length - window) / step) + 1;
  const parts = g.reshape(g.mul(framed, framed), [samples.shape[0]!, 2, bins, frames]);
  const power = g.transpose(g.reduceSum(parts, [1]), [0, 2, 1]);
  const weights = melBands({ rate, bands, lowest, highest: highest ?? rate / 2 }, bins);
  const energy = g.matMul(power, g.constant(float32(weights, [bins, bands])));
  return g.transpose(g.log(g.add(energy, 1e-6)), [0, 2, 1]);
}
