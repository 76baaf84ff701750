import { float32 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { melSpectrogram, type SpectrogramOptions } from "./mel-spectrogram.ts";

/** How many coefficients, beside what a spectrogram takes. */
export type MfccOptions = SpectrogramOptions & { readonly coefficients?: number };

/**
 * The first coefficients of an orthonormal cosine transform of each frame's mel bands: `[batch, samples] → [batch, coefficients, frames]`.
 */
export function mfcc(g: GraphBuilder, samples: Value, { coefficients = 13, ...options }: MfccOptions): Value {
  const bands = melSpectrogram(g, samples, options);
  const count = Number(bands.shape[1]);
  const cosines = Float32Array.from({ length: coefficients * count }, (_, i) => {
    const [k, band] = [Math.floor(i / count), i % count];
    return Math.sqrt((k === 0 ? 1 : 2) / count) * Math.cos((Math.PI * k * (band + 0.5)) / count);
  });
  return g.matMul(g.constant(float32(cosines, [coefficients, count])), bands);
}
