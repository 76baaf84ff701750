/** What a network of series sees and predicts. */
export interface SeriesShape {
  /** Steps that it looks back on. */
  readonly window: number;
  /** Values of a step; those to predict come first. */
  readonly channels: number;
  /** How many of them are predicted. */
  readonly targets: number;
  /** Steps ahead that are predicted. */
  readonly horizon: number;
}
