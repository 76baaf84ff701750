import { AthanorError } from "@athanor/core";
import { type Matrix, matrixOf } from "./along-axis.ts";

/** How one axis is resized; the names are those of Resize. */
export interface Resampling {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly mode: string;
  readonly coordinates: string;
  readonly nearest: string;
  readonly cubic: number;
  readonly excludesOutside: boolean;
  readonly antialias: boolean;
  /** Where a cut-out region starts and ends, as shares of the axis. */
  readonly region?: readonly [start: number, end: number] | undefined;
}

/** The matrix `[to, from]` that resizes an axis: each row holds the weights of one output position. */
export function resampleMatrix(resampling: Resampling): Matrix {
  const { from, to } = resampling;
  // The runtime places positions in single precision, which decides ties of the nearest.
  const rows = Array.from({ length: to }, (_, position) =>
    weightsAt(resampling, Math.fround(originOf(resampling, position))),
  );
  return matrixOf(to, from, (row, column) => rows[row]!.get(column) ?? 0);
}

/** Where an output position lies in the input. */
function originOf({ coordinates, from, to, scale, region = [0, 1] }: Resampling, position: number): number {
  switch (coordinates) {
    case "half_pixel":
      return (position + 0.5) / scale - 0.5;
    case "half_pixel_symmetric": {
      const adjustment = to / (scale * from);
      return (from / 2) * (1 - adjustment) + (position + 0.5) / scale - 0.5;
    }
    case "pytorch_half_pixel":
      return to > 1 ? (position + 0.5) / scale - 0.5 : 0;
    case "align_corners":
      return to > 1 ? (position * (from - 1)) / (to - 1) : 0;
    case "asymmetric":
      return position / scale;
    case "tf_crop_and_resize": {
      const [start, end] = region;
      if (to === 1) return 0.5 * (start + end) * (from - 1);
      return start * (from - 1) + (position * (end - start) * (from - 1)) / (to - 1);
    }
    default:
      throw new AthanorError(
        "onnx/attribute",
        `Resize: expected a coordinate transformation that the standard lists, got ${coordinates}`,
        { details: { op: "Resize", coordinates } },
      );
  }
}

/** Output positions that lie outside the input, which only a cut-out region has. */
export function outsideOf(resampling: Resampling): readonly boolean[] {
  return Array.from({ length: resampling.to }, (_, position) => {
    const origin = originOf(resampling, position);
    return origin < 0 || origin > resampling.from - 1;
  });
}

function weightsAt({ mode, nearest, from, scale, cubic, excludesOutside, antialias }: Resampling, x: number) {
  const weights = new Map<number, number>();
  const add = (index: number, weight: number) => {
    if (excludesOutside && (index < 0 || index >= from)) return;
    const at = Math.min(Math.max(index, 0), from - 1);
    weights.set(at, (weights.get(at) ?? 0) + weight);
  };
  if (mode === "nearest") {
    add(rounded[nearest]!(x), 1);
    return weights;
  }
  const [reach, kernel] = mode === "cubic" ? [2, cubicKernel(cubic)] : [1, (t: number) => Math.max(0, 1 - Math.abs(t))];
  // A filter that shrinks widens its kernel, so that every input counts.
  const squeeze = antialias ? Math.min(scale, 1) : 1;
  const origin = mode === "linear" && !antialias ? Math.min(Math.max(x, 0), from - 1) : x;
  const width = reach / squeeze;
  for (let index = Math.ceil(origin - width); index <= Math.floor(origin + width); index++) {
    const weight = kernel((index - origin) * squeeze);
    if (weight !== 0) add(index, weight);
  }
  if (!antialias && !excludesOutside) return weights;
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return new Map([...weights].map(([index, weight]) => [index, weight / total]));
}

const rounded: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** Keys' cubic convolution with its coefficient a. */
export const cubicKernel = (a: number) => (t: number) => {
  const d = Math.abs(t);
  if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
};
