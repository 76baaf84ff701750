/** One named value of a prediction's input or output. */
export interface Field {
  readonly name: string;
  readonly type: "number" | "text" | "flag" | "image" | "label" | "distribution" | "series" | "sound" | "spans";
  readonly help: string;
  /** Samples a second of a sound. */
  readonly rate?: number;
  /** How many numbers a series or a sound has. */
  readonly length?: number;
  /** A value that a person could send. */
  readonly example?: unknown;
  /** Left out or null: the model handles it as missing. */
  readonly optional?: boolean;
}

/** What a model says of itself; it travels inside the ONNX file's metadata under `athanor.card`. */
export interface ModelCard {
  /** The task's definition, such as `tabular-classification`. */
  readonly task: string;
  readonly summary: string;
  readonly inputs: readonly Field[];
  readonly outputs: readonly Field[];
  /** Class names in the order of the model's probabilities. */
  readonly labels?: readonly string[];
  /** The metric that decides between versions. */
  readonly headline: { readonly metric: string; readonly better: "higher" | "lower" };
  /** What the task needs to know at prediction time. */
  readonly details: Readonly<Record<string, unknown>>;
}

export const cardKey = "athanor.card";
