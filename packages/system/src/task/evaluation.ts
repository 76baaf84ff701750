export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface ConfusionMatrix {
  readonly labels: readonly string[];
  /** Rows are the truth, columns the prediction. */
  readonly counts: readonly (readonly number[])[];
}

export interface RocCurve extends Curve {
  readonly auc: number;
}

/** Thins a curve to at most `limit` points, keeping both ends. */
export const thin = (points: Curve["points"], limit = 200): Curve["points"] =>
  points.length <= limit
    ? points
    : Array.from({ length: limit }, (_, i) => points[Math.round((i * (points.length - 1)) / (limit - 1))]!);
