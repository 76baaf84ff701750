/** Every place of a grid, the last axis fastest. */
export function places(lengths: readonly number[]): readonly (readonly number[])[] {
  const [length, ...rest] = lengths;
  if (length === undefined) return [[]];
  const inner = places(rest);
  return Array.from({ length }, (_, i) => inner.map((place) => [i, ...place])).flat();
}

/** Where a place lies in flattened data; `undefined` outside. */
export function offsetOf(place: readonly number[], lengths: readonly number[]): number | undefined {
  if (place.some((at, axis) => at < 0 || at >= lengths[axis]!)) return undefined;
  return place.reduce((offset, at, axis) => offset * lengths[axis]! + at, 0);
}

export interface Stance {
  readonly strides?: readonly number[];
  /** Starts, then ends. */
  readonly pads?: readonly number[];
  readonly dilations?: readonly number[];
}

/** Where a tap of a window at a position reads its input. */
export const readAt = (
  position: readonly number[],
  tap: readonly number[],
  { strides, pads, dilations }: Stance,
): readonly number[] =>
  position.map((at, axis) => at * (strides?.[axis] ?? 1) + tap[axis]! * (dilations?.[axis] ?? 1) - (pads?.[axis] ?? 0));

/** How many positions a window has along each axis. */
export const positionsOf = (
  lengths: readonly number[],
  kernel: readonly number[],
  { strides, pads, dilations }: Stance,
  whole = Math.floor,
): readonly number[] =>
  lengths.map((length, axis) => {
    const reach = (kernel[axis]! - 1) * (dilations?.[axis] ?? 1) + 1;
    const room = length + (pads?.[axis] ?? 0) + (pads?.[axis + lengths.length] ?? 0) - reach;
    return whole(room / (strides?.[axis] ?? 1)) + 1;
  });
