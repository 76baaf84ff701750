/** A smooth curve through values at the positions 0, 1, 2 … */
export interface LoessOptions {
  /** How many of the nearest values take part at each position: an odd number. */
  readonly window: number;
  /** How much each value counts. */
  readonly weights?: Float64Array | undefined;
}

/**
 * A line through the values near `position`, at that position, weighted by nearness; `undefined` when none of them counts.
 *
 * @see Cleveland 1979, "Robust locally weighted regression and smoothing scatterplots"
 */
export function loessAt(
  values: Float64Array,
  position: number,
  from: number,
  to: number,
  { window, weights }: LoessOptions,
): number | undefined {
  const count = values.length;
  const reach = Math.max(position - from, to - 1 - position) + (window > count ? Math.floor((window - count) / 2) : 0);
  const near = new Float64Array(to - from);
  let total = 0;
  for (let i = from; i < to; i++) {
    const away = Math.abs(i - position);
    // The cube of a cube near 0 and 1 is cut off, as it cannot be told from them.
    const closeness = away > 0.999 * reach ? 0 : away <= 0.001 * reach ? 1 : (1 - (away / reach) ** 3) ** 3;
    total += near[i - from] = closeness * (weights?.[i] ?? 1);
  }
  if (total <= 0) return undefined;
  let [centre, value, spread] = [0, 0, 0];
  for (let i = from; i < to; i++) {
    near[i - from]! /= total;
    centre += near[i - from]! * i;
    value += near[i - from]! * values[i]!;
  }
  for (let i = from; i < to; i++) spread += near[i - from]! * (i - centre) ** 2;
  if (Math.sqrt(spread) <= 0.001 * (count - 1)) return value;
  let slope = 0;
  for (let i = from; i < to; i++) slope += near[i - from]! * (i - centre) * values[i]!;
  return value + ((position - centre) * slope) / spread;
}

/** The curve at every position. */
export function loess(values: Float64Array, options: LoessOptions): Float64Array {
  const width = Math.min(options.window, values.length);
  return values.map((value, position) => {
    const from = Math.min(Math.max(0, position - ((options.window - 1) >> 1)), values.length - width);
    return loessAt(values, position, from, from + width, options) ?? value;
  });
}
