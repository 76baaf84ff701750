import type { Dim } from "../model.ts";

/**
 * The part of a value that is read: of its elements, seen as `[…, count, inner]`, those at `indices` of the middle axis.
 *
 * Said this way it stays the same under every shape of the same elements.
 */
export interface Selection {
  readonly count: number;
  readonly inner: number;
  readonly indices: readonly number[];
}

/** Where a selection lies in a shape: on an axis `[…, count, within]`, most often an axis of its own. */
export interface Place {
  readonly axis: number;
  readonly within: number;
}

export function placeOf({ count, inner }: Selection, shape: readonly Dim[]): Place | undefined {
  let within = inner;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis]!;
    // The lengths behind the selected axis are known, so that one that is not lies before it, or holds it.
    if (typeof length === "string" || length % (within * count) === 0) return { axis, within };
    if (length === 0 || within % length !== 0) return undefined;
    within /= length;
  }
  return undefined;
}

/** The selection of the same indices at a place of another shape; `undefined` where a length behind it is not known. */
export function selectionAt(
  { axis, within }: Place,
  shape: readonly Dim[],
  { count, indices }: Selection,
): Selection | undefined {
  const behind = shape.slice(axis + 1);
  if (behind.some((length) => typeof length === "string")) return undefined;
  return { count, indices, inner: behind.reduce((product: number, length) => product * Number(length), within) };
}

export const isSameSelection = (a: Selection, b: Selection): boolean =>
  a.count === b.count && a.inner === b.inner && a.indices.join() === b.indices.join();

/** The shape of what is selected, with −1 for a length that is not known. */
export const selectedShape = (
  shape: readonly Dim[],
  { axis }: Place,
  { count, indices }: Selection,
): readonly number[] =>
  shape.map((length, i) => {
    if (typeof length === "string") return -1;
    return i === axis ? (length / count) * indices.length : length;
  });
