/** Which frequencies are looked at. */
export interface MelScale {
  readonly rate: number;
  readonly bands: number;
  readonly lowest: number;
  readonly highest: number;
}

const melOf = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
const hertzOf = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

/**
 * Weights of triangles evenly spaced on the mel scale, over the frequencies of a transform: `[bins, bands]`.
 *
 * @see Davis and Mermelstein 1980, "Comparison of parametric representations for monosyllabic word recognition"
 */
export function melBands({ rate, bands, lowest, highest }: MelScale, bins: number): Float32Array {
  const [from, to] = [melOf(lowest), melOf(highest)];
  const edges = Array.from({ length: bands + 2 }, (_, i) => hertzOf(from + (i * (to - from)) / (bands + 1)));
  const weights = new Float32Array(bins * bands);
  for (let bin = 0; bin < bins; bin++) {
    const hertz = (bin * rate) / (2 * (bins - 1));
    for (let band = 0; band < bands; band++) {
      const [low, centre, high] = [edges[band]!, edges[band + 1]!, edges[band + 2]!];
      weights[bin * bands + band] = Math.max(
        0,
        Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre)),
      );
    }
  }
  return weights;
}
